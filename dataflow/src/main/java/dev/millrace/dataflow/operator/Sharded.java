package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.List;

/**
 * An operator whose state is split: one of its kind for each shard, over the rows whose keys are the shard's. As no row of the output depends on rows of two shards, the output is that of all of them:
 * {@code Δf(A) = Σ Δfᵢ(Aᵢ)}, a part for each. A large change is worked on by several threads, each on shards of its own, a small one by the caller's; the result is the same.
 */
final class Sharded implements PartedOperator {
    private final List<Operator> shards;
    private final List<Exchange> exchanges;
    private final Sharding sharding;
    private final Workers workers;
    private final Runnable prepare;
    private final WorkMeter meter;
    private final List<WorkMeter> meters;
    /** For each input what each shard is given. */
    private final Parts[][] shares;

    private final Merger[][] mergers;
    /** For each shard its inputs. */
    private final Batch[][] changes;

    private final boolean[] ran;
    private final Batch[] results;
    private final Batch nothing;
    private final Parts output = new Parts();
    private final Merger whole;
    /** Of all shards: what one adds another may take back. */
    private final DataErrors errors;

    /**
     * @param shards each with a meter of its own
     * @param inputs the layouts of the inputs
     * @param prepare called before shards are worked on side by side, to make room in what they share
     */
    Sharded(
            List<Operator> shards,
            List<WorkMeter> meters,
            List<List<DataType>> inputs,
            List<Exchange> exchanges,
            Sharding sharding,
            Runnable prepare,
            CodeCache cache,
            WorkMeter meter) {
        int count = shards.size();
        this.shards = List.copyOf(shards);
        this.meters = List.copyOf(meters);
        this.exchanges = List.copyOf(exchanges);
        this.sharding = sharding;
        this.workers = sharding.workers();
        this.prepare = prepare;
        this.meter = meter;
        this.shares = new Parts[inputs.size()][count];
        this.mergers = new Merger[inputs.size()][count];
        this.changes = new Batch[count][inputs.size()];
        this.ran = new boolean[count];
        this.results = new Batch[count];
        this.nothing = new Batch(Store.scratch(types()));
        this.whole = new Merger(types(), cache);
        this.errors = DataErrors.of(shards.stream().map(Operator::errors).toList());
        for (int input = 0; input < inputs.size(); input++) {
            List<DataType> layout = inputs.get(input);
            Arrays.setAll(shares[input], shard -> new Parts());
            Arrays.setAll(mergers[input], shard -> new Merger(layout, cache));
        }
    }

    /** The number of shards. */
    int count() {
        return shards.size();
    }

    Operator shard(int index) {
        return shards.get(index);
    }

    @Override
    public List<DataType> types() {
        return shards.getFirst().types();
    }

    @Override
    public Parts apply(Parts[] parts) {
        long size = 0;
        for (Parts change : parts) {
            size += change.size();
        }
        boolean large = size >= sharding.largeRows() && workers.threads() > 1;
        for (int input = 0; input < parts.length; input++) {
            clear(shares[input]);
            exchanges.get(input).split(parts[input], workers, large, shares[input]);
        }
        if (large) {
            prepare.run();
            workers.run(shards.size(), this::run);
        } else {
            for (int shard = 0; shard < shards.size(); shard++) {
                run(shard);
            }
        }
        output.clear();
        for (Batch result : results) {
            output.add(result);
        }
        takeWork();
        return output;
    }

    @Override
    public Batch apply(Batch[] batches) {
        Parts[] parts = new Parts[batches.length];
        Arrays.setAll(parts, input -> Parts.of(batches[input]));
        return whole.merge(apply(parts));
    }

    @Override
    public void load(Batch[] contents) {
        for (int input = 0; input < contents.length; input++) {
            clear(shares[input]);
            exchanges.get(input).splitContents(contents[input], workers, shares[input]);
        }
        for (int shard = 0; shard < shards.size(); shard++) {
            if (take(shard)) {
                shards.get(shard).load(changes[shard]);
            }
        }
        takeWork();
    }

    @Override
    public void endLoad() {
        shards.forEach(Operator::endLoad);
    }

    @Override
    public DataErrors errors() {
        return errors;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        if (exchanges.getFirst().isPartitioned()) {
            shards.forEach(shard -> shard.enumerate(consumer));
        } else {
            shards.getFirst().enumerate(consumer);
        }
        takeWork();
    }

    @Override
    public boolean hasState() {
        return shards.getFirst().hasState();
    }

    @Override
    public boolean isMaterialized() {
        return shards.getFirst().isMaterialized();
    }

    @Override
    public boolean isConsolidated() {
        return shards.getFirst().isConsolidated();
    }

    @Override
    public boolean isAppendOnly() {
        return shards.getFirst().isAppendOnly();
    }

    @Override
    public boolean isTransient() {
        return shards.getFirst().isTransient();
    }

    @Override
    public void endStep() {
        for (int shard = 0; shard < ran.length; shard++) {
            if (ran[shard]) {
                ran[shard] = false;
                shards.get(shard).endStep();
            }
        }
        for (Merger[] ofInput : mergers) {
            for (Merger merger : ofInput) {
                merger.clear();
            }
        }
        whole.clear();
    }

    @Override
    public long memoryBytes() {
        return shards.stream().mapToLong(Operator::memoryBytes).sum();
    }

    @Override
    public List<Template<?>> code() {
        return shards.getFirst().code();
    }

    @Override
    public void validate() {
        shards.forEach(Operator::validate);
    }

    private void run(int shard) {
        results[shard] = nothing;
        if (take(shard)) {
            ran[shard] = true;
            results[shard] = shards.get(shard).apply(changes[shard]);
        }
    }

    /** Takes what a shard is given; whether it is anything. */
    private boolean take(int shard) {
        boolean any = false;
        for (int input = 0; input < shares.length; input++) {
            changes[shard][input] = mergers[input][shard].merge(shares[input][shard]);
            any |= !changes[shard][input].isEmpty();
        }
        return any;
    }

    private void takeWork() {
        for (WorkMeter ofShard : meters) {
            meter.add(ofShard.take());
        }
    }

    private static void clear(Parts[] ofShards) {
        for (Parts share : ofShards) {
            share.clear();
        }
    }
}
