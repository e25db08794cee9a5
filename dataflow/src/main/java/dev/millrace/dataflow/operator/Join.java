package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.RowTable;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ⋈ over equal keys and a residual condition. The state is both inputs, indexed by key.
 *
 * <p>The rule is {@code Δ(L⋈R) = ΔL⋈R + (L+ΔL)⋈ΔR}, applied twice in a step: first to what is retracted, then to what is inserted. So a pair is only ever
 * formed of rows that stood together before the step or stand together after it, and the residual is not evaluated for others.
 *
 * <p>A side that keeps its unmatched rows has, with each, the sum of the weights of its matches. When that leaves or reaches 0, the row
 * paired with nulls is retracted or inserted. A changed row costs the rows of the other side that have its key, whichever the kind.
 */
final class Join implements Operator {
    private final JoinSide left;
    private final JoinSide right;
    private final @Nullable Expression residual;
    private final WorkMeter meter;

    Join(
            JoinKind kind,
            List<JoinKey> keys,
            @Nullable Expression residual,
            int leftWidth,
            int rightWidth,
            WorkMeter meter) {
        List<Boolean> nullsMatch = keys.stream().map(JoinKey::nullsMatch).toList();
        this.left = new JoinSide(
                keys.stream().map(JoinKey::left).toList(),
                nullsMatch,
                kind == JoinKind.LEFT || kind == JoinKind.FULL,
                rightWidth);
        this.right = new JoinSide(
                keys.stream().map(JoinKey::right).toList(),
                nullsMatch,
                kind == JoinKind.RIGHT || kind == JoinKind.FULL,
                leftWidth);
        this.residual = residual;
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet output = new ZSet();
        change(left, right, changes[0], false, output);
        change(right, left, changes[1], false, output);
        change(left, right, changes[0], true, output);
        change(right, left, changes[1], true, output);
        meter.add(changes[0].size() + changes[1].size() + output.size());
        return output;
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        for (var entry : left.entries()) {
            RowTable<JoinRow> partners = right.rowsMatching(entry.getKey());
            RowTable<JoinRow> rows = entry.getValue();
            for (int i = 0; i < rows.size(); i++) {
                enumeratePairs(rows.entry(i), partners, consumer);
            }
        }
        enumerateUnmatched(left, consumer);
        enumerateUnmatched(right, consumer);
    }

    private void enumeratePairs(JoinRow row, RowTable<JoinRow> partners, RowConsumer consumer) {
        meter.add(1 + partners.size());
        for (int i = 0; i < partners.size(); i++) {
            JoinRow partner = partners.entry(i);
            Row pair = row.row().concat(partner.row());
            if (residual == null || residual.isTrue(pair)) {
                consumer.accept(pair, Math.multiplyExact(row.weight(), partner.weight()));
            }
        }
    }

    private void enumerateUnmatched(JoinSide side, RowConsumer consumer) {
        if (!side.keepsUnmatched()) {
            return;
        }
        for (var entry : side.entries()) {
            RowTable<JoinRow> rows = entry.getValue();
            for (int i = 0; i < rows.size(); i++) {
                meter.add(1);
                if (rows.entry(i).matches() == 0) {
                    consumer.accept(
                            pair(side, rows.entry(i).row(), side.partnerNulls()),
                            rows.entry(i).weight());
                }
            }
        }
    }

    /** Takes the retractions, or the insertions, of one side. */
    private void change(JoinSide side, JoinSide other, ZSet change, boolean insertions, ZSet output) {
        for (int i = 0; i < change.size(); i++) {
            long weight = change.weight(i);
            Row row = change.row(i);
            Row key = side.keyOf(row);
            if (weight > 0 != insertions || !side.isOfUse(key)) {
                continue;
            }
            JoinRow entry = side.add(key, row, weight);
            long matches = pairUp(side, row, weight, other, other.rowsMatching(key), output);
            if (side.keepsUnmatched()) {
                entry.matches(matches);
                if (matches == 0) {
                    output.append(pair(side, row, side.partnerNulls()), weight);
                }
            }
        }
    }

    /** Appends the pairs of a changed row with the other side's rows and returns the sum of the weights of those that match. */
    private long pairUp(JoinSide side, Row row, long weight, JoinSide other, RowTable<JoinRow> partners, ZSet output) {
        meter.add(1 + partners.size());
        long matches = 0;
        for (int i = 0; i < partners.size(); i++) {
            JoinRow partner = partners.entry(i);
            Row pair = pair(side, row, partner.row());
            if (residual != null && !residual.isTrue(pair)) {
                continue;
            }
            output.append(pair, Math.multiplyExact(weight, partner.weight()));
            matches += partner.weight();
            if (other.keepsUnmatched()) {
                long before = partner.matches();
                partner.addMatches(weight);
                if (before == 0) {
                    output.append(pair(other, partner.row(), other.partnerNulls()), -partner.weight());
                } else if (partner.matches() == 0) {
                    output.append(pair(other, partner.row(), other.partnerNulls()), partner.weight());
                }
            }
        }
        return matches;
    }

    /** Left columns first, whichever side the row is of. */
    private Row pair(JoinSide side, Row row, Row partner) {
        return side == left ? row.concat(partner) : partner.concat(row);
    }
}
