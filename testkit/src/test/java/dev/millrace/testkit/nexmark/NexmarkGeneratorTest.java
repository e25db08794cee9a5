package dev.millrace.testkit.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.nexmark.NexmarkEvent.Auction;
import dev.millrace.testkit.nexmark.NexmarkEvent.Bid;
import dev.millrace.testkit.nexmark.NexmarkEvent.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NexmarkGeneratorTest {
    private static final int EVENTS = 100_000;

    private final NexmarkConfig config = NexmarkConfig.DEFAULT;
    private final NexmarkGenerator generator = new NexmarkGenerator(config);
    private final List<NexmarkEvent> events =
            LongStream.range(0, EVENTS).mapToObj(generator::event).toList();
    private final List<Person> persons = of(Person.class);
    private final List<Auction> auctions = of(Auction.class);
    private final List<Bid> bids = of(Bid.class);

    @Test
    void an_event_depends_on_its_number_and_the_configuration_alone() {
        for (int n = EVENTS - 1; n >= 0; n -= 7) {
            assertEquals(events.get(n), new NexmarkGenerator(config).event(n));
        }
        NexmarkGenerator other = new NexmarkGenerator(new NexmarkConfig(1, 0, 100, 2, 4, 4, 1_000, 100, 200, 500, 100));
        assertNotEquals(events.get(10), other.event(10));
        assertThrows(IllegalArgumentException.class, () -> generator.event(-1));
    }

    @Test
    void of_fifty_events_one_is_a_person_three_are_auctions_and_the_others_bids() {
        for (int first = 0; first < EVENTS; first += 50) {
            List<NexmarkEvent> fifty = events.subList(first, first + 50);
            assertTrue(fifty.get(0) instanceof Person);
            assertTrue(fifty.subList(1, 4).stream().allMatch(Auction.class::isInstance));
            assertTrue(fifty.subList(4, 50).stream().allMatch(Bid.class::isInstance));
        }
    }

    @Test
    void ids_count_up_without_a_gap() {
        assertEquals(
                LongStream.range(1_000, 1_000 + EVENTS / 50).boxed().toList(),
                persons.stream().map(Person::id).toList());
        assertEquals(
                LongStream.range(1_000, 1_000 + EVENTS / 50 * 3).boxed().toList(),
                auctions.stream().map(Auction::id).toList());
    }

    @Test
    void times_go_on_by_the_delay_between_events() {
        for (int n = 0; n < EVENTS; n++) {
            assertEquals(config.baseTimeMillis() + n / 10, events.get(n).dateTime());
        }
        NexmarkGenerator slow = new NexmarkGenerator(config.withInterEventMicros(1_000));
        assertEquals(config.baseTimeMillis() + 77, slow.event(77).dateTime());
    }

    @Test
    void what_is_referred_to_is_there_or_comes_soon() {
        Set<Long> people = new HashSet<>();
        Set<Long> offered = new HashSet<>();
        int bidsAhead = 0;
        for (NexmarkEvent event : events) {
            switch (event) {
                case Person person -> people.add(person.id());
                case Auction auction -> {
                    offered.add(auction.id());
                    assertKnown(auction.seller(), people);
                    assertTrue(auction.expires() > auction.dateTime());
                    assertTrue(auction.reserve() > auction.initialBid());
                }
                case Bid bid -> {
                    // The first hot bidder is the second person.
                    assertKnown(bid.bidder(), people);
                    assertKnown(bid.auction(), offered);
                    bidsAhead += offered.contains(bid.auction()) ? 0 : 1;
                }
            }
        }
        // Half of the bids are for one of the last hundred auctions or the next ten.
        assertShare(0.5 * 10 / 111, bidsAhead, bids.size());
    }

    @Test
    void some_auctions_bidders_and_sellers_are_hot() {
        // Most refer to multiples of a hundred; of the others one in a hundred does.
        assertShare(1 / 2.0, count(bids, bid -> bid.auction() % 100 == 0), bids.size());
        assertShare(3 / 4.0, count(bids, bid -> bid.bidder() % 100 == 1), bids.size());
        assertShare(3 / 4.0, count(auctions, auction -> auction.seller() % 100 == 0), auctions.size());
    }

    @Test
    void prices_are_of_all_orders_of_magnitude_alike() {
        Map<Integer, Long> magnitudes = histogram(bids, bid -> (int) Math.log10(bid.price() / 100.0 + 1e-9));
        for (int magnitude = 0; magnitude < 6; magnitude++) {
            assertShare(1 / 6.0, magnitudes.getOrDefault(magnitude, 0L), bids.size());
        }
        assertTrue(bids.stream().allMatch(bid -> bid.price() >= 100 && bid.price() <= 100_000_000));
    }

    @Test
    void auctions_are_open_for_about_as_many_events_as_make_a_hundred() {
        double mean = auctions.stream()
                .mapToLong(auction -> auction.expires() - auction.dateTime())
                .average()
                .orElseThrow();
        assertEquals(100 * 50 / 3.0 / 10, mean, 10);
    }

    @Test
    void categories_states_and_cities_are_alike_common() {
        histogram(auctions, Auction::category).values().forEach(n -> assertShare(1 / 5.0, n, auctions.size()));
        assertEquals(6, histogram(persons, Person::state).size());
        assertEquals(10, histogram(persons, Person::city).size());
    }

    @Test
    void half_of_the_bids_come_through_four_channels_and_a_channel_has_one_page() {
        Map<String, String> pages = new HashMap<>();
        for (Bid bid : bids) {
            String before = pages.put(bid.channel(), bid.url());
            assertTrue(before == null || before.equals(bid.url()), bid.channel());
        }
        assertShare(1 / 2.0, count(bids, bid -> !bid.channel().startsWith("channel-")), bids.size());
        List<Bid> cold = bids.stream()
                .filter(bid -> bid.channel().startsWith("channel-"))
                .toList();
        assertShare(9 / 10.0, count(cold, bid -> bid.url().contains("&channel_id=")), cold.size());
        assertTrue(bids.stream()
                .allMatch(bid ->
                        bid.url().matches("https://www\\.nexmark\\.com/\\w+/\\w+/\\w+/item\\.htm\\?query=1(&.*)?")));
    }

    @Test
    void extra_brings_events_to_their_size() {
        assertEquals(200, mean(persons, NexmarkGeneratorTest::size), 4);
        assertEquals(500, mean(auctions, NexmarkGeneratorTest::size), 10);
        assertEquals(68, mean(bids, bid -> bid.extra().length()), 2);
    }

    private static int size(Person person) {
        return 8
                + person.name().length()
                + person.emailAddress().length()
                + person.creditCard().length()
                + person.city().length()
                + person.state().length()
                + person.extra().length();
    }

    private static int size(Auction auction) {
        return 48
                + auction.itemName().length()
                + auction.description().length()
                + auction.extra().length();
    }

    private static void assertKnown(long id, Set<Long> known) {
        assertTrue(id >= 1_000 && (known.contains(id) || id <= 1_000 + known.size() + NexmarkGenerator.LEAD), "" + id);
    }

    /** A part of all is this share, within a fiftieth of all. */
    private static void assertShare(double share, long part, int all) {
        assertEquals(share, (double) part / all, 0.02);
    }

    private static <T> long count(List<T> values, Predicate<T> condition) {
        return values.stream().filter(condition).count();
    }

    private static <T> double mean(List<T> values, Function<T, Integer> number) {
        return values.stream().mapToInt(number::apply).average().orElseThrow();
    }

    private static <T, K> Map<K, Long> histogram(List<T> values, Function<T, K> key) {
        return values.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private <T extends NexmarkEvent> List<T> of(Class<T> kind) {
        List<T> found = new ArrayList<>();
        events.stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
        return found;
    }
}
