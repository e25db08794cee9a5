package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.HashTable;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The output of another operator as it is, but without what cancels out within a change: it stands between an operator and who shows its output without keeping it. Without
 * state; expected O(|ΔA|).
 */
final class Consolidation implements PartedOperator {
    private final Operator input;
    private final RowHash hash;
    private final RowMatch identical;
    private final List<Template<?>> code;
    /** Of the first of identical rows in a change, what they add up to. */
    private final SlotSums sums = new SlotSums();

    private final Batch output;
    private final Merger whole;
    private final Parts result = new Parts();
    private int[] hashes = new int[0];
    private int[] firsts = new int[0];

    Consolidation(Operator input, CodeCache cache) {
        List<DataType> types = input.types();
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        HashTemplate hashing = new HashTemplate(types, all, List.of());
        MatchTemplate matching = MatchTemplate.identity(types);
        this.input = input;
        this.hash = cache.get(hashing);
        this.identical = cache.get(matching);
        this.code = List.of(hashing, matching);
        this.whole = new Merger(types, cache);
        this.output = new Batch(new Store(types));
    }

    @Override
    public List<DataType> types() {
        return input.types();
    }

    @Override
    public Parts apply(Parts[] changes) {
        Parts change = changes[0];
        if (input.isConsolidated() || !mayCancel(change)) {
            return change;
        }
        result.clear();
        result.add(consolidated(whole.merge(change)));
        return result;
    }

    @Override
    public Batch apply(Batch[] changes) {
        return whole.merge(apply(new Parts[] {Parts.of(changes[0])}));
    }

    private Batch consolidated(Batch change) {
        Store rows = change.store();
        sumIdentical(change);
        output.reset(rows);
        for (int i = 0; i < change.size(); i++) {
            output.append(firsts[i], sums.take(rows.slot(firsts[i])));
        }
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        input.enumerate(consumer);
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public boolean isMaterialized() {
        return input.isMaterialized();
    }

    @Override
    public boolean isConsolidated() {
        return true;
    }

    @Override
    public void endStep() {
        whole.clear();
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    /** Whether it both adds and removes. */
    private static boolean mayCancel(Parts change) {
        long signs = 0;
        for (int part = 0; part < change.count(); part++) {
            long[] weights = change.part(part).weights();
            for (int i = 0; i < change.part(part).size(); i++) {
                signs |= weights[i] < 0 ? 1 : 2;
            }
        }
        return signs == 3;
    }

    private void sumIdentical(Batch change) {
        Store rows = change.store();
        int count = change.size();
        if (hashes.length < count) {
            hashes = new int[Math.max(count, hashes.length * 2)];
            firsts = new int[hashes.length];
        }
        hash.hash(rows, change.positions(), count, hashes);
        HashTable seen = new HashTable();
        sums.reset(count);
        for (int i = 0; i < count; i++) {
            int position = change.position(i);
            firsts[i] = seen.find(hashes[i], identical, rows, position, rows);
            if (firsts[i] < 0) {
                firsts[i] = position;
                seen.add(hashes[i], position);
            }
            sums.add(rows.slot(firsts[i]), change.weight(i));
        }
    }
}
