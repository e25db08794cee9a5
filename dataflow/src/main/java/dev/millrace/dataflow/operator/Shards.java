package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes operators of several shards. */
final class Shards {
    private final Sharding sharding;
    private final CodeCache cache;
    private final WorkMeter meter;
    private final List<Operator> made = new ArrayList<>();
    private final List<WorkMeter> meters = new ArrayList<>();

    private Shards(Sharding sharding, CodeCache cache, WorkMeter meter) {
        this.sharding = sharding;
        this.cache = cache;
        this.meter = meter;
    }

    /**
     * By which columns of its input the rows of an operator's state are independent of one another: the input may be partitioned by them. Of a join they are the keys of its
     * left. Empty if there are none.
     */
    static List<Integer> partitioning(Feed feed) {
        return switch (feed) {
            case Feed.Arranged arranged -> arranged.key();
            case Feed.Rows(Plan.Join join) -> ((Feed.Arranged) Join.inputs(join).getFirst()).key();
            case Feed.Rows(Plan.Aggregate aggregate) -> aggregate.keys();
            case Feed.Rows(Plan.Distinct distinct) -> all(distinct.types());
            case Feed.Rows(Plan.TopK topK) -> topK.groups();
            case Feed.Rows(Plan.Window window) -> window.partition();
            case Feed.Rows(Plan.SetOperation operation) -> all(operation.types());
            case Feed.Rows ignored -> List.of();
        };
    }

    /** The operator of a feed in shards, or empty if it is not to be split. */
    static Optional<Operator> of(
            Feed feed,
            List<Operator> inputs,
            List<@Nullable Store> tables,
            Sharding sharding,
            CodeCache cache,
            WorkMeter meter) {
        Shards shards = new Shards(sharding, cache, meter);
        return switch (feed) {
            case Feed.Arranged arranged ->
                Optional.of(shards.arrangement(arranged, inputs.getFirst(), tables.getFirst()));
            case Feed.Rows(Plan.Join join) -> Optional.of(shards.join(join, inputs));
            case Feed.Rows(Plan plan)
            when plan instanceof Plan.Filter || plan instanceof Plan.Project -> Optional.of(shards.chain(feed, inputs));
            case Feed.Rows(Plan plan)
            when !partitioning(feed).isEmpty() ->
                Optional.of(shards.byKey(
                        plan.inputs().stream().map(Plan::types).toList(),
                        partitioning(feed),
                        ofShard -> Operators.create(feed, inputs, tables, cache, ofShard)));
            case Feed.Rows ignored -> Optional.empty();
        };
    }

    /** The rows of a result, by all their columns. */
    static Operator output(List<DataType> types, Sharding sharding, CodeCache cache, WorkMeter meter) {
        return new Shards(sharding, cache, meter)
                .byKey(List.of(types), all(types), ofShard -> new Output(types, cache, ofShard));
    }

    /** @param key the same columns of each input */
    private Operator byKey(List<List<DataType>> types, List<Integer> key, Function<WorkMeter, Operator> shard) {
        make(shard);
        return sharded(
                types, types.stream().<Exchange>map(each -> exchange(each, key)).toList(), () -> {});
    }

    private Operator arrangement(Feed.Arranged feed, Operator input, @Nullable Store table) {
        make(ofShard -> new Arrangement(
                feed,
                table,
                input.isAppendOnly(),
                table == null || made.isEmpty() ? null : (Arrangement) made.getFirst(),
                cache,
                ofShard));
        List<DataType> types = feed.plan().types();
        Arrangement first = (Arrangement) made.getFirst();
        return sharded(List.of(types), List.of(exchange(types, feed.key())), first::reserve);
    }

    private Operator join(Plan.Join plan, List<Operator> inputs) {
        make(ofShard -> {
            int shard = made.size();
            List<Operator> own =
                    inputs.stream().map(input -> ((Sharded) input).shard(shard)).toList();
            return new Join(plan, own, shard == 0 ? null : (Join) made.getFirst(), cache, ofShard);
        });
        List<List<DataType>> types = plan.inputs().stream().map(Plan::types).toList();
        List<Exchange> exchanges = new ArrayList<>();
        for (Feed feed : Join.inputs(plan)) {
            Feed.Arranged arranged = (Feed.Arranged) feed;
            exchanges.add(new AlignedExchange(exchange(arranged.plan().types(), arranged.key())));
        }
        Join first = (Join) made.getFirst();
        return sharded(types, exchanges, first::reserve);
    }

    private Operator chain(Feed feed, List<Operator> inputs) {
        make(ofShard -> Operators.create(feed, inputs, List.of(), cache, ofShard));
        List<DataType> types = inputs.getFirst().types();
        return sharded(List.of(types), List.of(new SliceExchange(sharding, new Batch(Store.scratch(types)))), () -> {});
    }

    private void make(Function<WorkMeter, Operator> shard) {
        for (int i = 0; i < sharding.shards(); i++) {
            WorkMeter ofShard = new WorkMeter();
            made.add(shard.apply(ofShard));
            meters.add(ofShard);
        }
    }

    private KeyExchange exchange(List<DataType> types, List<Integer> key) {
        return new KeyExchange(cache.get(new HashTemplate(types, key, List.of())), sharding);
    }

    private Operator sharded(List<List<DataType>> types, List<Exchange> exchanges, Runnable prepare) {
        return new Sharded(made, meters, types, exchanges, sharding, prepare, cache, meter);
    }

    private static List<Integer> all(List<DataType> types) {
        return IntStream.range(0, types.size()).boxed().toList();
    }
}
