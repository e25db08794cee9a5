package dev.millrace.testkit.nexmark;

/**
 * What can be chosen of the events.
 *
 * @param seed other events for another
 * @param baseTimeMillis when the first event happens
 * @param interEventMicros how long after an event the next one happens
 * @param hotAuctionRatio of as many bids all but one are for the hottest auction
 * @param hotBidderRatio of as many bids all but one are the hottest bidder's
 * @param hotSellerRatio of as many auctions all but one are the hottest seller's
 * @param activePeople how many of those who registered last sell and bid
 * @param auctionsInFlight how many of the last auctions are bid for
 * @param personBytes how large a person is on average, filled up with {@code extra}
 * @param auctionBytes as {@code personBytes}
 * @param bidBytes as {@code personBytes}
 */
public record NexmarkConfig(
        long seed,
        long baseTimeMillis,
        long interEventMicros,
        int hotAuctionRatio,
        int hotBidderRatio,
        int hotSellerRatio,
        int activePeople,
        int auctionsInFlight,
        int personBytes,
        int auctionBytes,
        int bidBytes) {
    /** The published numbers; the events begin at 2015-07-15 00:00, and 10,000 happen each second. */
    public static final NexmarkConfig DEFAULT =
            new NexmarkConfig(0, 1_436_918_400_000L, 100, 2, 4, 4, 1_000, 100, 200, 500, 100);

    public NexmarkConfig {
        if (interEventMicros < 1
                || Math.min(Math.min(hotAuctionRatio, hotBidderRatio), hotSellerRatio) < 1
                || Math.min(activePeople, auctionsInFlight) < 1) {
            throw new IllegalArgumentException("delays, ratios and numbers of people and auctions must be at least 1");
        }
    }

    /** The same, but events are this far apart. */
    public NexmarkConfig withInterEventMicros(long micros) {
        return new NexmarkConfig(
                seed,
                baseTimeMillis,
                micros,
                hotAuctionRatio,
                hotBidderRatio,
                hotSellerRatio,
                activePeople,
                auctionsInFlight,
                personBytes,
                auctionBytes,
                bidBytes);
    }

    /** When event {@code n} happens, in milliseconds since 1970. */
    public long dateTime(long n) {
        return baseTimeMillis + n * interEventMicros / 1_000;
    }
}
