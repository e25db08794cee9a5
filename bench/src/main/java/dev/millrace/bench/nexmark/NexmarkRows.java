package dev.millrace.bench.nexmark;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.testkit.nexmark.NexmarkConfig;
import dev.millrace.testkit.nexmark.NexmarkEvent;
import dev.millrace.testkit.nexmark.NexmarkEvent.Auction;
import dev.millrace.testkit.nexmark.NexmarkEvent.Bid;
import dev.millrace.testkit.nexmark.NexmarkEvent.Person;
import dev.millrace.testkit.nexmark.NexmarkGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The first events of Nexmark as streams of rows, one for each kind. What arrives together are {@link Relation#BATCH_ROWS} events. */
enum NexmarkRows {
    PERSON(new Kind<>(
            Person.class,
            List.of(
                    longs("id", Person::id),
                    texts("name", Person::name),
                    texts("email_address", Person::emailAddress),
                    texts("credit_card", Person::creditCard),
                    texts("city", Person::city),
                    texts("state", Person::state),
                    times("date_time", Person::dateTime),
                    texts("extra", Person::extra)))),
    AUCTION(new Kind<>(
            Auction.class,
            List.of(
                    longs("id", Auction::id),
                    texts("item_name", Auction::itemName),
                    texts("description", Auction::description),
                    longs("initial_bid", Auction::initialBid),
                    longs("reserve", Auction::reserve),
                    times("date_time", Auction::dateTime),
                    times("expires", Auction::expires),
                    longs("seller", Auction::seller),
                    longs("category", Auction::category),
                    texts("extra", Auction::extra)))),
    BID(new Kind<>(
            Bid.class,
            List.of(
                    longs("auction", Bid::auction),
                    longs("bidder", Bid::bidder),
                    longs("price", Bid::price),
                    texts("channel", Bid::channel),
                    texts("url", Bid::url),
                    times("date_time", Bid::dateTime),
                    texts("extra", Bid::extra))));

    /** No two events happen in the same millisecond, so that the last one is always one. */
    private static final NexmarkConfig CONFIG = NexmarkConfig.DEFAULT.withInterEventMicros(1_000);

    private static final long MICROS_PER_MILLI = 1_000;

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Kind<?> kind;

    NexmarkRows(Kind<?> kind) {
        this.kind = kind;
    }

    /** What the relation is called. */
    String relation() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those of the first events that are of this kind. */
    Relation of(int events) {
        NexmarkGenerator generator = new NexmarkGenerator(CONFIG);
        List<ColumnBatch> batches = new ArrayList<>();
        for (int first = 0; first < events; first += Relation.BATCH_ROWS) {
            batches.add(kind.batch(LongStream.range(first, Math.min(first + Relation.BATCH_ROWS, events))
                    .mapToObj(generator::event)
                    .toList()));
        }
        return new Relation(relation(), kind.names(), List.of(), batches);
    }

    private record Field<T>(String name, DataType type, Function<List<T>, Column> column) {}

    private record Kind<T extends NexmarkEvent>(Class<T> type, List<Field<T>> fields) {
        ColumnBatch batch(List<NexmarkEvent> events) {
            List<T> those =
                    events.stream().filter(type::isInstance).map(type::cast).toList();
            return new ColumnBatch(
                    fields.stream().map(field -> field.column().apply(those)).toList());
        }

        List<Relation.Field> names() {
            return fields.stream()
                    .map(field -> new Relation.Field(field.name(), field.type()))
                    .toList();
        }
    }

    private static <T> Field<T> longs(String name, ToLongFunction<T> value) {
        return new Field<>(
                name,
                DataType.INT8,
                events -> new Column.Longs(events.stream().mapToLong(value).toArray()));
    }

    private static <T> Field<T> times(String name, ToLongFunction<T> millis) {
        return new Field<>(
                name,
                DataType.TIMESTAMP,
                events -> new Column.Timestamps(events.stream()
                        .mapToLong(event -> millis.applyAsLong(event) * MICROS_PER_MILLI)
                        .toArray()));
    }

    private static <T> Field<T> texts(String name, Function<T, String> value) {
        return new Field<>(
                name,
                DataType.TEXT,
                events -> new Column.Texts(events.stream().map(value).toArray(String[]::new)));
    }
}
