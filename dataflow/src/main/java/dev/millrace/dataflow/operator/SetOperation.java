package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.aggregate.GroupRows;
import dev.millrace.dataflow.aggregate.Groups;
import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.SetKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ∩ and −, of sets or of multisets. The state is, for each different row (by SQL's equality), how often it stands on the left and on the right, {@code l} and {@code r}.
 *
 * <p>A row is shown {@code f(l, r)} times: {@code min(l, r)} or {@code max(l - r, 0)}; of sets, once if {@code l > 0} and {@code r > 0}, or {@code r = 0}. The rule is
 * {@code Δ = f(l + Δl, r + Δr) − f(l, r)} for each row that a change touches. If the row that stands for its equals becomes another, all its copies are replaced.
 * Expected O(|ΔL| + |ΔR|).
 */
final class SetOperation implements Operator {
    private static final int ENUMERATED_AT_ONCE = 1024;

    private final List<DataType> types;
    private final SetKind kind;
    private final boolean all;
    private final Groups groups;
    private final GroupRows rows;
    private final MatchTemplate identity;
    private final RowMatch identical;
    private final Batch output;
    private final WorkMeter meter;
    /** For each touched group how often it was shown before, and, if it could be shown otherwise now, its old row. */
    private long[] shownBefore = new long[0];

    private int[] oldRows = new int[0];
    /** The groups whose rows are written next, where they are in the touched ones, and their rows. */
    private int[] which = new int[0];

    private int[] indexes = new int[0];
    private int[] written = new int[0];
    private int remembered;

    SetOperation(Plan.SetOperation plan, CodeCache cache, WorkMeter meter) {
        if (!plan.left().types().equals(plan.right().types())) {
            throw new IllegalArgumentException("sides of different types: " + plan);
        }
        this.types = plan.types();
        this.kind = plan.kind();
        this.all = plan.all();
        this.groups = Groups.ofTwo(types, cache);
        this.rows = new GroupRows(groups, List.of(), List.of(), types, cache);
        this.identity = MatchTemplate.identity(types);
        this.identical = cache.get(identity);
        this.output = new Batch(Store.scratch(types));
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        output.store().clear();
        output.reset(output.store());
        remembered = 0;
        groups.find(changes[0]);
        remember();
        groups.count(changes[0]);
        groups.find(changes[1]);
        remember();
        groups.countOthers(changes[1]);
        groups.settle();
        showDifference();
        groups.finish();
        meter.add(2L * (changes[0].size() + changes[1].size()) + output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        Store store = groups.store();
        Batch batch = new Batch(Store.scratch(types));
        int[] some = new int[ENUMERATED_AT_ONCE];
        int[] positions = new int[ENUMERATED_AT_ONCE];
        int slot = store.nextLive(0);
        while (slot < store.limit()) {
            int count = 0;
            while (count < some.length && slot < store.limit()) {
                some[count] = store.position(slot);
                count += shown(some[count]) > 0 ? 1 : 0;
                slot = store.nextLive(slot + 1);
            }
            batch.store().clear();
            batch.reset(batch.store());
            rows.write(some, count, batch.store(), positions);
            for (int i = 0; i < count; i++) {
                batch.append(positions[i], shown(some[i]));
            }
            meter.add(count);
            consumer.accept(batch);
        }
    }

    @Override
    public boolean hasState() {
        return true;
    }

    /** Rows that are not shown have to be passed over. */
    @Override
    public boolean isMaterialized() {
        return false;
    }

    @Override
    public boolean isConsolidated() {
        return true;
    }

    @Override
    public void endStep() {
        output.store().clear();
    }

    @Override
    public long memoryBytes() {
        return groups.memoryBytes() + output.store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(rows.code());
        code.add(identity);
        return code;
    }

    @Override
    public void validate() {
        groups.validate();
    }

    /** Of the groups that were touched since this was called last, before anything is added to them. */
    private void remember() {
        int[] touched = groups.touched();
        int to = groups.touchedCount();
        reserve(to);
        int count = 0;
        for (int i = remembered; i < to; i++) {
            shownBefore[i] = shown(touched[i]);
            if (groups.hasVariants() && shownBefore[i] > 0) {
                indexes[count] = i;
                which[count++] = touched[i];
            }
        }
        rows.write(which, count, output.store(), written);
        for (int i = 0; i < count; i++) {
            oldRows[indexes[i]] = written[i];
        }
        remembered = to;
    }

    private void showDifference() {
        int[] touched = groups.touched();
        int count = 0;
        for (int i = 0; i < groups.touchedCount(); i++) {
            boolean mayBeAnother = groups.hasVariants() && (shownBefore[i] > 0 || shown(touched[i]) > 0);
            if (mayBeAnother || shown(touched[i]) != shownBefore[i]) {
                indexes[count] = i;
                which[count++] = touched[i];
            }
        }
        rows.write(which, count, output.store(), written);
        for (int i = 0; i < count; i++) {
            long before = shownBefore[indexes[i]];
            long after = shown(which[i]);
            boolean replaced = groups.hasVariants() && before > 0 && !isUnchanged(oldRows[indexes[i]], written[i]);
            if (replaced) {
                output.append(oldRows[indexes[i]], -before);
            }
            output.append(written[i], replaced ? after : after - before);
        }
    }

    private boolean isUnchanged(int oldRow, int newRow) {
        return identical.matches(output.store(), oldRow, output.store(), newRow);
    }

    private long shown(int group) {
        Store store = groups.store();
        int slot = store.slot(group);
        long left = store.longs(groups.rowsColumn())[slot >>> Pages.SHIFT][slot & Pages.MASK];
        long right = store.longs(groups.othersColumn())[slot >>> Pages.SHIFT][slot & Pages.MASK];
        long kept = switch (kind) {
            case INTERSECT -> Math.min(left, right);
            case EXCEPT -> all ? Math.max(left - right, 0) : right == 0 ? left : 0;
        };
        return all ? kept : Math.min(kept, 1);
    }

    private void reserve(int count) {
        if (shownBefore.length < count) {
            int capacity = Math.max(count, shownBefore.length * 2);
            shownBefore = Arrays.copyOf(shownBefore, capacity);
            oldRows = Arrays.copyOf(oldRows, capacity);
            which = new int[capacity];
            indexes = new int[capacity];
            written = new int[capacity];
        }
    }
}
