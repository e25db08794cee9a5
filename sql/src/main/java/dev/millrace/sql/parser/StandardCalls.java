package dev.millrace.sql.parser;

import dev.millrace.sql.function.AggregateOperator;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.JsonAggregates;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.function.Nullif;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Makes calls that the parser has a notation or an operator of its own for calls of Postgres's functions, as Postgres's grammar does: {@code TRIM(LEADING c FROM x)} is {@code ltrim(x, c)},
 * {@code EXTRACT(day FROM x)} is {@code extract('day', x)}; and gives {@code make_interval(days => 3)} its other arguments.
 */
final class StandardCalls extends SqlShuttle {
    private static final List<String> INTERVAL_PARTS =
            List.of("years", "months", "weeks", "days", "hours", "mins", "secs");

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited.getKind() == SqlKind.WITHIN_GROUP && visited instanceof SqlCall made) {
            return OrderedSets.rewrite(made);
        }
        if (visited.getKind() == SqlKind.OVERLAPS && visited instanceof SqlCall made) {
            return overlaps(made);
        }
        if (visited instanceof SqlCall similar && similar.getKind() == SqlKind.SIMILAR) {
            return SimilarPatterns.condition(similar);
        }
        if (!(visited instanceof SqlCall made) || !(made.getOperator() instanceof SqlFunction operator)) {
            return visited;
        }
        if (made.getKind() == SqlKind.TRIM) {
            return trim(made);
        }
        if (made.getKind() == SqlKind.ARRAY_AGG || made.getKind() == SqlKind.STRING_AGG) {
            return AggregateOperator.named(operator.getName())
                    .orElseThrow()
                    .createCall(made.getFunctionQuantifier(), made.getParserPosition(), made.getOperandList());
        }
        if (operator.getName().equalsIgnoreCase("nullif") && made.operandCount() == 2) {
            return Nullif.FUNCTION.createCall(made.getParserPosition(), made.getOperandList());
        }
        Optional<NamedFunction> function = FunctionRegistry.BUILT_IN
                .find(operator.getName().equals("TRANSLATE3") ? "translate" : operator.getName())
                .or(() -> JsonAggregates.find(operator.getName()));
        if (function.isEmpty() || made.getFunctionQuantifier() != null) {
            return visited;
        }
        List<SqlNode> operands = new ArrayList<>(made.getOperandList());
        if (made.getKind() == SqlKind.POSITION) {
            operands = operands.reversed();
        }
        operands.replaceAll(StandardCalls::unit);
        if (function.get().getName().equals("make_interval")) {
            operands = interval(made.getParserPosition(), operands);
        }
        return function.get().createCall(made.getParserPosition(), operands);
    }

    private static SqlNode trim(SqlCall call) {
        String name = switch (((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class)) {
            case BOTH -> "btrim";
            case LEADING -> "ltrim";
            case TRAILING -> "rtrim";
        };
        // The parser makes a blank of characters that are not given.
        boolean blanks = call.operand(1) instanceof SqlCharStringLiteral characters
                && characters.toValue().equals(" ");
        NamedFunction function = FunctionRegistry.BUILT_IN.find(name).orElseThrow();
        return blanks
                ? function.createCall(call.getParserPosition(), call.<SqlNode>operand(2))
                : function.createCall(call.getParserPosition(), call.operand(2), call.operand(1));
    }

    /** {@code (a, b) OVERLAPS (c, d)}. */
    private static SqlNode overlaps(SqlCall call) {
        List<SqlNode> ends = new ArrayList<>();
        for (SqlNode period : call.getOperandList()) {
            if (!(period instanceof SqlCall row) || row.getKind() != SqlKind.ROW || row.operandCount() != 2) {
                return call;
            }
            ends.addAll(row.getOperandList());
        }
        return FunctionRegistry.BUILT_IN.find("overlaps").orElseThrow().createCall(call.getParserPosition(), ends);
    }

    /** All arguments of {@code make_interval}, which may be named; those that are not given are 0. */
    private static List<SqlNode> interval(SqlParserPos position, List<SqlNode> given) {
        List<SqlNode> arguments = new ArrayList<>();
        for (int i = 0; i < INTERVAL_PARTS.size(); i++) {
            String name = INTERVAL_PARTS.get(i);
            SqlNode zero = SqlLiteral.createExactNumeric("0", position);
            boolean positional = i < given.size() && given.get(i).getKind() != SqlKind.ARGUMENT_ASSIGNMENT;
            arguments.add(
                    positional
                            ? given.get(i)
                            : given.stream()
                                    .filter(argument -> isNamed(argument, name))
                                    .<SqlNode>map(argument -> ((SqlCall) argument).operand(0))
                                    .findFirst()
                                    .orElse(zero));
        }
        boolean known = given.size() <= INTERVAL_PARTS.size()
                && given.stream()
                        .allMatch(argument -> argument.getKind() != SqlKind.ARGUMENT_ASSIGNMENT
                                || INTERVAL_PARTS.stream().anyMatch(name -> isNamed(argument, name)));
        return known ? arguments : given;
    }

    private static boolean isNamed(SqlNode argument, String name) {
        return argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
                && ((SqlCall) argument).operand(1) instanceof SqlIdentifier given
                && given.getSimple().equalsIgnoreCase(name);
    }

    /** The name of a field of a time, as text. */
    private static SqlNode unit(SqlNode operand) {
        if (!(operand instanceof SqlIntervalQualifier unit)) {
            return operand;
        }
        String name = unit.timeFrameName == null ? unit.getStartUnit().name() : unit.timeFrameName;
        return SqlLiteral.createCharString(name.toLowerCase(Locale.ROOT), unit.getParserPosition());
    }
}
