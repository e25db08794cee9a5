package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.index.Segment;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ⋈, ⋉ and ▷ over equal keys and a residual condition. The state is both inputs, indexed by key.
 *
 * <p>The rule is {@code Δ(L⋈R) = ΔL⋈R + (L+ΔL)⋈ΔR}, applied twice in a step: first to what is retracted, then to what is inserted. So a pair is only ever
 * formed of rows that stood together before the step or stand together after it, and the residual is not evaluated for others.
 *
 * <p>A side whose rows are shown by whether they have a partner (an outer side's without, paired with nulls; the left of a semi or anti join) has the sum of the weights of
 * each row's matches. The change is, of each row that the step touches, how often it is shown after it less how often before.
 *
 * <p>A changed row costs the rows of the other side that have its key, whichever the kind. Without keys all rows have the same.
 */
final class Join implements Operator {
    private final JoinKind kind;
    private final JoinSide left;
    private final JoinSide right;
    /** Finds the right side's rows for a left one, and the other way round. */
    private final RowMatch partnersOfLeft;

    private final RowMatch partnersOfRight;
    private final PairBuffer pairs;
    private final List<DataType> types;
    private final List<Template<?>> code = new ArrayList<>();
    private final WorkMeter meter;
    private final Entries selected = new Entries();
    private final Entries changed = new Entries();
    private final Batch output;
    private int[] heads = new int[0];
    /** Who is given the pairs while the output is enumerated. */
    private @Nullable BatchConsumer enumerated;

    /**
     * @param leftTable the store of the table that the left input is, or null if it is none
     * @param rightTable the same of the right input
     */
    Join(Plan.Join plan, @Nullable Store leftTable, @Nullable Store rightTable, CodeCache cache, WorkMeter meter) {
        List<DataType> leftTypes = plan.left().types();
        List<DataType> rightTypes = plan.right().types();
        List<Integer> leftKey = plan.keys().stream().map(JoinKey::left).toList();
        List<Integer> rightKey = plan.keys().stream().map(JoinKey::right).toList();
        List<JoinKey> rejecting =
                plan.keys().stream().filter(key -> !key.nullsMatch()).toList();
        this.kind = plan.kind();
        this.types = plan.types();
        this.meter = meter;
        this.left = new JoinSide(
                leftTypes,
                leftTable,
                leftKey,
                rejecting.stream().map(JoinKey::left).toList(),
                switch (kind) {
                    case LEFT, FULL, ANTI -> new MatchCounts(false);
                    case SEMI -> new MatchCounts(true);
                    case INNER, RIGHT -> null;
                },
                cache);
        this.right = new JoinSide(
                rightTypes,
                rightTable,
                rightKey,
                rejecting.stream().map(JoinKey::right).toList(),
                switch (kind) {
                    case RIGHT, FULL -> new MatchCounts(false);
                    case INNER, LEFT, SEMI, ANTI -> null;
                },
                cache);
        MatchTemplate toRight = new MatchTemplate(leftTypes, leftKey, rightTypes, rightKey, false);
        MatchTemplate toLeft = new MatchTemplate(rightTypes, rightKey, leftTypes, leftKey, false);
        this.partnersOfLeft = cache.get(toRight);
        this.partnersOfRight = cache.get(toLeft);
        this.pairs = new PairBuffer(left, right, plan.residual(), showsPairs(), cache);
        this.output = new Batch(showsPairs() ? pairs.output().store() : left.rows());
        code.addAll(List.of(toRight, toLeft));
        code.addAll(pairs.code());
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        pairs.clear();
        retract(left, right, changes[0]);
        retract(right, left, changes[1]);
        insert(left, right, changes[0]);
        insert(right, left, changes[1]);
        pairs.flush();
        Batch result = result();
        meter.add(changes[0].size() + changes[1].size() + (long) result.size());
        return result;
    }

    /** Pairs are only looked at where it must be known which rows have any. */
    @Override
    public void load(Batch[] contents) {
        boolean counts = left.counts() != null || right.counts() != null;
        pairs.write(false);
        try {
            for (int input = 0; input < contents.length; input++) {
                JoinSide side = input == 0 ? left : right;
                side.select(contents[input], true, selected);
                side.add(contents[input].store(), selected, changed);
                if (counts) {
                    pairUp(side, input == 0 ? right : left, true);
                }
                side.index(changed);
            }
            pairs.flush();
        } finally {
            pairs.write(true);
        }
        takeShown(left);
        takeShown(right);
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        if (showsPairs()) {
            Scan.rows(left.rows(), rows -> enumeratePairs(rows, consumer));
        }
        enumerateShown(left, consumer);
        enumerateShown(right, consumer);
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public void endStep() {
        left.sweep();
        right.sweep();
        pairs.clear();
    }

    @Override
    public long memoryBytes() {
        return left.memoryBytes() + right.memoryBytes() + pairs.output().store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return Stream.of(left.code(), right.code(), code).flatMap(List::stream).toList();
    }

    private boolean showsPairs() {
        return switch (kind) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI -> false;
        };
    }

    private void retract(JoinSide side, JoinSide other, Batch change) {
        side.select(change, false, selected);
        if (selected.size() > 0) {
            side.retract(change.store(), selected, changed);
            pairUp(side, other, false);
        }
    }

    private void insert(JoinSide side, JoinSide other, Batch change) {
        side.select(change, true, selected);
        if (selected.size() > 0) {
            side.add(change.store(), selected, changed);
            pairUp(side, other, true);
            side.index(changed);
        }
    }

    /** Gives the changed entries' pairs with the other side's to the buffer. */
    private void pairUp(JoinSide side, JoinSide other, boolean inserted) {
        int count = changed.size();
        int[] positions = changed.positions();
        findPartners(side, other, changed);
        for (int i = 0; i < count; i++) {
            if (heads[i] >= 0) {
                long weight = inserted ? changed.weights()[i] : -changed.weights()[i];
                pairUp(side, positions[i], weight, inserted, other, heads[i]);
            }
        }
    }

    private void pairUp(JoinSide side, int position, long weight, boolean inserted, JoinSide other, int head) {
        KeyIndex index = other.index();
        Segment segment = index.segment(head, false);
        int partners = 0;
        if (segment != null) {
            for (; partners < segment.size(); partners++) {
                addPair(side, position, weight, inserted, other, segment.position(partners));
            }
        } else {
            for (int partner = head; partner >= 0; partner = index.next(partner)) {
                addPair(side, position, weight, inserted, other, partner);
                partners++;
            }
            if (partners > KeyIndex.LONG_CHAIN) {
                index.segment(head, true);
            }
        }
        meter.add(partners);
    }

    private void addPair(JoinSide side, int position, long weight, boolean inserted, JoinSide other, int partner) {
        long partnerWeight = other.rows().weight(partner);
        long pairWeight = Math.multiplyExact(weight, partnerWeight);
        if (enumerated != null && pairs.isFull()) {
            enumerated.accept(pairs.output());
            pairs.clear();
        }
        // A new row has all its partners now; one that goes has none to count any more.
        long ownMatch = inserted ? partnerWeight : 0;
        if (side.equals(left)) {
            pairs.add(position, partner, pairWeight, ownMatch, weight);
        } else {
            pairs.add(partner, position, pairWeight, weight, ownMatch);
        }
    }

    private void findPartners(JoinSide side, JoinSide other, Entries entries) {
        if (heads.length < entries.size()) {
            heads = new int[Math.max(entries.size(), heads.length * 2)];
        }
        int[] hashes = side.probeHashes(entries);
        RowMatch partners = side.equals(left) ? partnersOfLeft : partnersOfRight;
        partners.find(
                side.rows(),
                entries.positions(),
                hashes,
                entries.size(),
                other.index().heads(),
                other.rows(),
                heads);
    }

    private Batch result() {
        if (showsPairs()) {
            writeShown(left);
            writeShown(right);
            return pairs.output();
        }
        takeShown(left);
        return selection();
    }

    private void writeShown(JoinSide side) {
        if (side.counts() != null) {
            takeShown(side);
            pairs.writeUnmatched(side, changed);
        }
    }

    /** Finds out which rows of a side are shown more often or less often than before the step. */
    private void takeShown(JoinSide side) {
        changed.clear();
        MatchCounts counts = side.counts();
        if (counts != null) {
            counts.takeChanges(side.rows(), changed);
        }
    }

    private void enumeratePairs(Batch rows, BatchConsumer consumer) {
        changed.clear();
        for (int i = 0; i < rows.size(); i++) {
            changed.add(rows.position(i), rows.weight(i));
        }
        findPartners(left, right, changed);
        pairs.clear();
        pairs.count(false);
        enumerated = consumer;
        try {
            for (int i = 0; i < rows.size(); i++) {
                if (heads[i] >= 0) {
                    pairUp(left, rows.position(i), rows.weight(i), false, right, heads[i]);
                }
            }
            pairs.flush();
            if (!pairs.output().isEmpty()) {
                consumer.accept(pairs.output());
            }
        } finally {
            enumerated = null;
            pairs.reset();
        }
    }

    /** Gives the rows of a side that are shown by whether they have matches. */
    private void enumerateShown(JoinSide side, BatchConsumer consumer) {
        MatchCounts counts = side.counts();
        if (counts == null) {
            return;
        }
        Scan.rows(side.rows(), rows -> {
            meter.add(rows.size());
            changed.clear();
            for (int i = 0; i < rows.size(); i++) {
                long shown = counts.shown(side.rows(), rows.position(i), rows.weight(i));
                if (shown > 0) {
                    changed.add(rows.position(i), shown);
                }
            }
            if (changed.size() > 0) {
                consumer.accept(showsPairs() ? unmatched(side) : selection());
            }
        });
        pairs.clear();
    }

    /** The changed rows paired with nulls. */
    private Batch unmatched(JoinSide side) {
        pairs.clear();
        pairs.writeUnmatched(side, changed);
        return pairs.output();
    }

    /** The changed rows of the left. */
    private Batch selection() {
        output.reset(left.rows());
        for (int i = 0; i < changed.size(); i++) {
            output.append(changed.positions()[i], changed.weights()[i]);
        }
        return output;
    }
}
