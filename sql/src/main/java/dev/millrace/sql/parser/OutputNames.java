package dev.millrace.sql.parser;

import dev.millrace.sql.function.ArrayOperators;
import dev.millrace.sql.function.NamedFunction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Names the select list's unnamed expressions as Postgres does (the rules of its {@code FigureColname}): a function call by the
 * function, a cast by what is cast or else by the type, CASE as {@code case}, all else {@code ?column?}.
 */
final class OutputNames extends SqlShuttle {
    private static final String UNNAMED = "?column?";

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select) {
            List<SqlNode> named =
                    select.getSelectList().stream().map(OutputNames::named).toList();
            select.setSelectList(new SqlNodeList(named, select.getSelectList().getParserPosition()));
        }
        return visited;
    }

    private static SqlNode named(SqlNode item) {
        boolean column = item instanceof SqlIdentifier name && !CurrentTimes.isOne(name);
        if (column || item.getKind() == SqlKind.AS) {
            return item;
        }
        SqlParserPos position = item.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(
                position, item, new SqlIdentifier(nameOf(item).orElse(UNNAMED), position));
    }

    private static Optional<String> nameOf(SqlNode item) {
        return switch (item) {
            case SqlIdentifier identifier -> Optional.of(identifier.names.getLast());
            case SqlCase chosen -> strongNameOf(chosen).or(() -> Optional.of("case"));
            case SqlSelect select
            when select.getSelectList().size() == 1 ->
                nameOf(select.getSelectList().get(0));
            case SqlOrderBy ordered -> nameOf(ordered.query);
            case SqlCall call when call.getKind() == SqlKind.AS -> nameOf(call.operand(1));
            case SqlCall call
            when call.getKind() == SqlKind.CAST ->
                strongNameOf(call).or(() -> Optional.of(PostgresNames.of(call.operand(1))));
            case SqlCall call
            when call.getKind() == SqlKind.FILTER
                    || call.getKind() == SqlKind.OVER
                    || call.getKind() == SqlKind.WITHIN_GROUP -> nameOf(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.ITEM -> nameOf(call.operand(0));
            case SqlCall call when call.getOperator().getName().equals(ArrayOperators.SLICE) -> nameOf(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.EXISTS -> Optional.of("exists");
            case SqlCall call when call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR -> Optional.of("array");
            case SqlIntervalLiteral ignored -> Optional.of("interval");
            case SqlUnknownLiteral typed -> Optional.of(PostgresNames.ofTag(typed.tag));
            case SqlCall call
            when call.getOperator() instanceof SqlFunction function && !NamedFunction.isOperator(function.getName()) ->
                Optional.of(function.getName().toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    /** A name that a cast around it keeps: not one that is made of a type, nor {@code case}. */
    private static Optional<String> strongNameOf(@Nullable SqlNode item) {
        return switch (item) {
            case null -> Optional.empty();
            case SqlCase chosen -> strongNameOf(chosen.getElseOperand());
            case SqlUnknownLiteral ignored -> Optional.empty();
            case SqlCall call when call.getKind() == SqlKind.CAST -> strongNameOf(call.operand(0));
            default -> nameOf(item);
        };
    }
}
