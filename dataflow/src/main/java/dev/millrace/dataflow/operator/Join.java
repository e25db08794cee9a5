package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.index.Segment;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ⋈, ⋉ and ▷ over equal keys and a residual condition. Its inputs are {@linkplain Arrangement arranged} by the keys, and it keeps no rows of its own.
 *
 * <p>The rule is {@code Δ(L⋈R) = ΔL⋈R + L⋈ΔR + ΔL⋈ΔR}, the last term divided so that a pair is only ever formed of rows that stood together before the step or stand
 * together after it, and the residual is evaluated for no other. With ⁻ for what goes, ⁺ for what comes and ⁼ for what stays:
 *
 * <pre>
 *   ΔL⁻ ⋈ (R⁼ + ΔR⁻)     L⁼ ⋈ ΔR⁻     ΔL⁺ ⋈ R⁼     (L⁼ + ΔL⁺) ⋈ ΔR⁺
 * </pre>
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
    private final PairBuffer pairs;
    private final List<DataType> types;
    private final List<Template<?>> code = new ArrayList<>();
    private final WorkMeter meter;
    private final Entries changed = new Entries();
    private final Batch output;
    private int[] hashes = new int[0];
    private int[] heads = new int[0];
    /** Who is given the pairs while the output is enumerated. */
    private @Nullable BatchConsumer enumerated;

    /** @param inputs the arrangements of {@link #inputs} */
    Join(Plan.Join plan, List<Operator> inputs, CodeCache cache, WorkMeter meter) {
        this(plan, inputs, null, cache, meter);
    }

    /** @param sibling a join of other rows of the same inputs, which it shares memory with where these are tables; null if this is one of all rows, or the first */
    Join(Plan.Join plan, List<Operator> inputs, @Nullable Join sibling, CodeCache cache, WorkMeter meter) {
        this.kind = plan.kind();
        this.types = plan.types();
        this.meter = meter;
        MatchCounts leftCounts = switch (kind) {
            case LEFT, FULL, ANTI -> new MatchCounts(false);
            case SEMI -> new MatchCounts(true);
            case INNER, RIGHT -> null;
        };
        MatchCounts rightCounts = switch (kind) {
            case RIGHT, FULL -> new MatchCounts(false);
            case INNER, LEFT, SEMI, ANTI -> null;
        };
        this.left = side(plan, true, inputs.getFirst(), leftCounts, sibling == null ? null : sibling.left, cache);
        this.right = side(plan, false, inputs.getLast(), rightCounts, sibling == null ? null : sibling.right, cache);
        this.pairs = new PairBuffer(left, right, plan.residual(), showsPairs(), cache);
        this.output = new Batch(showsPairs() ? pairs.output().store() : left.rows());
        code.addAll(pairs.code());
    }

    /** What feeds a join: its inputs arranged by the keys; rows that match nothing are among them where they are shown. */
    static List<Feed> inputs(Plan.Join plan) {
        boolean allOfLeft = switch (plan.kind()) {
            case LEFT, FULL, ANTI -> true;
            case INNER, RIGHT, SEMI -> false;
        };
        boolean allOfRight = switch (plan.kind()) {
            case RIGHT, FULL -> true;
            case INNER, LEFT, SEMI, ANTI -> false;
        };
        Feed.Arranged left = arranged(plan, true);
        Feed.Arranged right = arranged(plan, false);
        return List.of(
                allOfLeft ? new Feed.Arranged(left.plan(), left.key(), List.of()) : left,
                allOfRight ? new Feed.Arranged(right.plan(), right.key(), List.of()) : right);
    }

    /** Makes room for all rows of tables, so that each thread can count the matches of its own. */
    void reserve() {
        left.reserve();
        right.reserve();
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch ofLeft = changes[0];
        Batch ofRight = changes[1];
        boolean both = !ofLeft.isEmpty() && !ofRight.isEmpty();
        if (both) {
            left.arrangement().mark();
            right.arrangement().mark();
        }
        pairs.clear();
        left.count(ofLeft);
        right.count(ofRight);
        pairUp(left, right, ofLeft, both ? JoinSide.STOOD : JoinSide.ANY, both ? JoinSide.STAYS : JoinSide.ANY);
        pairUp(right, left, ofRight, both ? JoinSide.STAYS : JoinSide.ANY, both ? JoinSide.STANDS : JoinSide.ANY);
        pairs.flush();
        Batch result = result();
        meter.add(ofLeft.size() + ofRight.size() + (long) result.size());
        return result;
    }

    /** Counts the matches, and the errors. The left rows meet all partners there are, so the right ones need not be looked at. */
    @Override
    public void load(Batch[] contents) {
        pairs.write(false);
        try {
            pairUp(left, right, contents[0], JoinSide.ANY, JoinSide.ANY);
            pairs.flush();
        } finally {
            pairs.write(true);
        }
        left.takeShown(changed);
        right.takeShown(changed);
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        if (showsPairs()) {
            left.arrangement().enumerate(rows -> enumeratePairs(rows, consumer));
        }
        enumerateShown(left, consumer);
        enumerateShown(right, consumer);
    }

    @Override
    public DataErrors errors() {
        return pairs.errors();
    }

    @Override
    public boolean hasState() {
        return left.counts() != null || right.counts() != null || pairs.mayFail();
    }

    @Override
    public boolean isAppendOnly() {
        // A row that comes takes none away but where rows without a partner are shown.
        return (kind == JoinKind.INNER || kind == JoinKind.SEMI)
                && left.arrangement().isAppendOnly()
                && right.arrangement().isAppendOnly();
    }

    @Override
    public boolean isTransient() {
        return showsPairs();
    }

    @Override
    public void endStep() {
        pairs.clear();
    }

    @Override
    public long memoryBytes() {
        return left.memoryBytes() + right.memoryBytes() + pairs.output().store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    private boolean showsPairs() {
        return switch (kind) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI -> false;
        };
    }

    private static Feed.Arranged arranged(Plan.Join plan, boolean isLeft) {
        // In one order, so that the same columns are the same arrangement.
        List<JoinKey> keys = plan.keys().stream()
                .sorted(Comparator.comparingInt(JoinKey::left).thenComparingInt(JoinKey::right))
                .toList();
        return new Feed.Arranged(
                isLeft ? plan.left() : plan.right(),
                keys.stream().map(key -> isLeft ? key.left() : key.right()).toList(),
                keys.stream()
                        .filter(key -> !key.nullsMatch())
                        .map(key -> isLeft ? key.left() : key.right())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private JoinSide side(
            Plan.Join plan,
            boolean isLeft,
            Operator rows,
            @Nullable MatchCounts counts,
            @Nullable JoinSide sibling,
            CodeCache cache) {
        Feed.Arranged own = arranged(plan, isLeft);
        Feed.Arranged other = arranged(plan, !isLeft);
        HashTemplate hashing = new HashTemplate(own.plan().types(), own.key(), own.rejecting());
        MatchTemplate matching =
                new MatchTemplate(own.plan().types(), own.key(), other.plan().types(), other.key(), false);
        code.addAll(List.of(hashing, matching));
        Arrangement arrangement = (Arrangement) rows;
        MatchCounts siblings = sibling == null ? null : sibling.counts();
        return new JoinSide(
                isLeft,
                arrangement,
                siblings != null && arrangement.isOfTable() ? siblings.ofOthers() : counts,
                cache.get(hashing),
                cache.get(matching));
    }

    /** Gives the pairs of changed entries with the other side's to the buffer: of those that go with one kind of partners, of those that come with another. */
    private void pairUp(JoinSide side, JoinSide other, Batch change, int whenGoing, int whenComing) {
        if (change.isEmpty()) {
            return;
        }
        findPartners(side, other, change);
        long found = 0;
        for (int i = 0; i < change.size(); i++) {
            if (heads[i] >= 0) {
                long weight = change.weight(i);
                found += pairUp(side, change.position(i), weight, other, heads[i], weight > 0 ? whenComing : whenGoing);
            }
        }
        meter.add(found);
    }

    private int pairUp(JoinSide side, int position, long weight, JoinSide other, int head, int wanted) {
        KeyIndex index = other.index();
        Segment segment = index.segment(head, false);
        int partners = 0;
        if (segment != null) {
            for (; partners < segment.size(); partners++) {
                addPair(side, position, weight, other, segment.position(partners), wanted);
            }
        } else {
            for (int partner = head; partner >= 0; partner = index.next(partner)) {
                addPair(side, position, weight, other, partner, wanted);
                partners++;
            }
            if (partners > KeyIndex.LONG_CHAIN) {
                index.segment(head, true);
            }
        }
        return partners;
    }

    private void addPair(JoinSide side, int position, long weight, JoinSide other, int partner, int wanted) {
        if (wanted != JoinSide.ANY && !other.is(wanted, partner)) {
            return;
        }
        long partnerWeight = other.rows().weight(partner);
        long pairWeight = Math.multiplyExact(weight, partnerWeight);
        if (enumerated != null && pairs.isFull()) {
            enumerated.accept(pairs.output());
            pairs.clear();
        }
        // A new row has all its partners now; one that goes has none to count any more.
        long ownMatch = weight > 0 ? partnerWeight : 0;
        if (side.isLeft()) {
            pairs.add(position, partner, pairWeight, ownMatch, weight);
        } else {
            pairs.add(partner, position, pairWeight, weight, ownMatch);
        }
    }

    private void findPartners(JoinSide side, JoinSide other, Batch rows) {
        if (heads.length < rows.size()) {
            heads = new int[Math.max(rows.size(), heads.length * 2)];
            hashes = new int[heads.length];
        }
        side.findPartners(other, rows, hashes, heads);
    }

    private Batch result() {
        if (showsPairs()) {
            writeShown(left);
            writeShown(right);
            return pairs.output();
        }
        left.takeShown(changed);
        return selection();
    }

    private void writeShown(JoinSide side) {
        if (side.counts() != null) {
            side.takeShown(changed);
            pairs.writeUnmatched(side, changed);
        }
    }

    private void enumeratePairs(Batch rows, BatchConsumer consumer) {
        findPartners(left, right, rows);
        pairs.clear();
        pairs.count(false);
        enumerated = consumer;
        long found = 0;
        try {
            for (int i = 0; i < rows.size(); i++) {
                if (heads[i] >= 0) {
                    found += pairUp(left, rows.position(i), rows.weight(i), right, heads[i], JoinSide.ANY);
                }
            }
            pairs.flush();
            if (!pairs.output().isEmpty()) {
                consumer.accept(pairs.output());
            }
        } finally {
            meter.add(found);
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
        side.arrangement().enumerate(rows -> {
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
