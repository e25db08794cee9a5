package dev.millrace.testkit.nexmark;

import dev.millrace.testkit.nexmark.NexmarkEvent.Auction;
import dev.millrace.testkit.nexmark.NexmarkEvent.Bid;
import dev.millrace.testkit.nexmark.NexmarkEvent.Person;
import java.util.List;
import java.util.Locale;

/** Makes event {@code n}, for any {@code n} and in any order. Has no state. */
public final class NexmarkGenerator {
    /** The id of the first person, and of the first auction. */
    public static final long FIRST_ID = 1_000;

    /** The first of five categories. */
    public static final long FIRST_CATEGORY = 10;

    /** Bids and auctions may be of people, and bids for auctions, that come this much later: events do not arrive in perfect order. */
    public static final int LEAD = 10;

    private static final int CATEGORIES = 5;
    /** One auction, bidder or seller in so many is hot for a while. */
    private static final int HOT_INTERVAL = 100;

    private static final int LONG_BYTES = 8;
    private static final int HOT_CHANNEL_RATIO = 2;
    private static final int CHANNELS = 10_000;
    private static final int URL_WITH_CHANNEL_RATIO = 10;
    private static final int CARD_GROUP = 10_000;

    private static final List<String> FIRST_NAMES =
            List.of("Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter");
    private static final List<String> LAST_NAMES =
            List.of("Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris");
    private static final List<String> CITIES = List.of(
            "Phoenix",
            "Los Angeles",
            "San Francisco",
            "Boise",
            "Portland",
            "Bend",
            "Redmond",
            "Seattle",
            "Kent",
            "Cheyenne");
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");

    private final NexmarkConfig config;

    public NexmarkGenerator(NexmarkConfig config) {
        this.config = config;
    }

    /**
     * Event {@code n}.
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public NexmarkEvent event(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("no event " + n);
        }
        Draws draws = new Draws(config.seed(), n);
        if (Schedule.isPerson(n)) {
            return person(n, draws);
        }
        return Schedule.isAuction(n) ? auction(n, draws) : bid(n, draws);
    }

    private Person person(long n, Draws draws) {
        String name = draws.oneOf(FIRST_NAMES) + " " + draws.oneOf(LAST_NAMES);
        String email = draws.words(7, ' ') + "@" + draws.words(5, ' ') + ".com";
        String card = String.format(
                Locale.ROOT,
                "%04d %04d %04d %04d",
                draws.below(CARD_GROUP),
                draws.below(CARD_GROUP),
                draws.below(CARD_GROUP),
                draws.below(CARD_GROUP));
        String city = draws.oneOf(CITIES);
        String state = draws.oneOf(STATES);
        int size = LONG_BYTES + name.length() + email.length() + card.length() + city.length() + state.length();
        return new Person(
                FIRST_ID + Schedule.lastPerson(n),
                name,
                email,
                card,
                city,
                state,
                config.dateTime(n),
                draws.filling(size, config.personBytes()));
    }

    private Auction auction(long n, Draws draws) {
        long seller = draws.mostly(config.hotSellerRatio()) ? hot(Schedule.lastPerson(n)) : activePerson(n, draws);
        long category = FIRST_CATEGORY + draws.below(CATEGORIES);
        long initialBid = draws.price();
        long dateTime = config.dateTime(n);
        long expires = dateTime + lengthMillis(n, draws);
        String itemName = draws.words(20, ' ');
        String description = draws.words(100, ' ');
        long reserve = initialBid + draws.price();
        int size = LONG_BYTES * 6 + itemName.length() + description.length();
        return new Auction(
                FIRST_ID + Schedule.lastAuction(n),
                itemName,
                description,
                initialBid,
                reserve,
                dateTime,
                expires,
                FIRST_ID + seller,
                category,
                draws.filling(size, config.auctionBytes()));
    }

    private Bid bid(long n, Draws draws) {
        long auction = draws.mostly(config.hotAuctionRatio()) ? hot(Schedule.lastAuction(n)) : openAuction(n, draws);
        // The next one after the hot seller, or they would be the same.
        long bidder = draws.mostly(config.hotBidderRatio()) ? hot(Schedule.lastPerson(n)) + 1 : activePerson(n, draws);
        long price = draws.price();
        String channel;
        String url;
        if (draws.mostly(HOT_CHANNEL_RATIO)) {
            int hottest = draws.below(HOT_CHANNELS.size());
            channel = HOT_CHANNELS.get(hottest);
            url = page(new Draws(config.seed(), -1 - hottest));
        } else {
            int number = draws.below(CHANNELS);
            Draws ofChannel = new Draws(config.seed(), -1 - HOT_CHANNELS.size() - number);
            channel = "channel-" + number;
            url = page(ofChannel);
            if (ofChannel.mostly(URL_WITH_CHANNEL_RATIO)) {
                url += "&channel_id=" + Math.abs(Integer.reverse(number));
            }
        }
        return new Bid(
                FIRST_ID + auction,
                FIRST_ID + bidder,
                price,
                channel,
                url,
                config.dateTime(n),
                draws.filling(LONG_BYTES * 4, config.bidBytes()));
    }

    /** A channel has always the same page. */
    private static String page(Draws draws) {
        return "https://www.nexmark.com/" + draws.words(5, '_') + "/" + draws.words(5, '_') + "/" + draws.words(5, '_')
                + "/item.htm?query=1";
    }

    private static long hot(long last) {
        return Math.max(last, 0) / HOT_INTERVAL * HOT_INTERVAL;
    }

    private long activePerson(long n, Draws draws) {
        long people = Schedule.lastPerson(n) + 1;
        long active = Math.min(people, config.activePeople());
        return people - active + draws.below(active + LEAD);
    }

    private long openAuction(long n, Draws draws) {
        long last = Schedule.lastAuction(n);
        long first = Math.max(last - config.auctionsInFlight(), 0);
        return first + draws.below(last - first + 1 + LEAD);
    }

    /** Such that about as many auctions as configured are open at a time. */
    private long lengthMillis(long n, Draws draws) {
        long eventsOfAuctions = (long) config.auctionsInFlight() * Schedule.ALL / Schedule.AUCTIONS;
        long horizon = config.dateTime(n + eventsOfAuctions) - config.dateTime(n);
        return 1 + draws.below(Math.max(horizon * 2, 1));
    }
}
