package dev.millrace.testkit.nexmark;

/** Something that happened, at a time in milliseconds since 1970. */
public sealed interface NexmarkEvent {
    long dateTime();

    /** Somebody registered, who may sell and bid. */
    record Person(
            long id,
            String name,
            String emailAddress,
            String creditCard,
            String city,
            String state,
            long dateTime,
            String extra)
            implements NexmarkEvent {}

    /**
     * A thing is offered.
     *
     * @param initialBid in cents, as all prices
     * @param reserve what a bid must reach
     * @param expires when it ends, in milliseconds since 1970
     */
    record Auction(
            long id,
            String itemName,
            String description,
            long initialBid,
            long reserve,
            long dateTime,
            long expires,
            long seller,
            long category,
            String extra)
            implements NexmarkEvent {}

    /**
     * Somebody bids.
     *
     * @param channel where the bidder came from
     */
    record Bid(long auction, long bidder, long price, String channel, String url, long dateTime, String extra)
            implements NexmarkEvent {}
}
