package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.AggregateOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Makes what {@code percentile_disc(f) WITHIN GROUP (ORDER BY x)} is sorted by an argument as well, as which its type is known. */
final class OrderedSets {
    private static final Set<String> HYPOTHETICAL = Set.of("rank", "dense_rank", "percent_rank", "cume_dist");

    private OrderedSets() {}

    static SqlNode rewrite(SqlCall withinGroup) {
        if (!(withinGroup.operand(0) instanceof SqlCall set) || !(set.getOperator() instanceof SqlFunction function)) {
            return withinGroup;
        }
        String name = function.getName().toLowerCase(Locale.ROOT);
        if (HYPOTHETICAL.contains(name)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "the hypothetical-set aggregate " + name
                            + "(…) WITHIN GROUP cannot be kept live yet; count the rows before the value with FILTER instead");
        }
        if (!AggregateOperator.isOfOrderedSet(name)) {
            return withinGroup;
        }
        SqlNodeList order = withinGroup.operand(1);
        if (set.getFunctionQuantifier() != null) {
            throw invalid("cannot use DISTINCT with WITHIN GROUP");
        }
        int direct = name.equals("mode") ? 0 : 1;
        if (order.size() != 1 || set.operandCount() != direct) {
            throw invalid(name + " takes " + (direct == 0 ? "no argument" : "a fraction")
                    + " and WITHIN GROUP (ORDER BY a value)");
        }
        List<SqlNode> operands = new ArrayList<>(set.getOperandList());
        operands.add(value(order.get(0)));
        SqlCall complete = AggregateOperator.named(name).orElseThrow().createCall(set.getParserPosition(), operands);
        return withinGroup.getOperator().createCall(withinGroup.getParserPosition(), complete, order);
    }

    private static SqlNode value(SqlNode item) {
        boolean wrapped = item.getKind() == SqlKind.DESCENDING
                || item.getKind() == SqlKind.NULLS_FIRST
                || item.getKind() == SqlKind.NULLS_LAST;
        return wrapped ? value(((SqlCall) item).operand(0)) : item;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.INVALID_QUERY, message);
    }
}
