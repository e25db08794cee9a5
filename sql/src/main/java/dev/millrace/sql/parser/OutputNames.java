package dev.millrace.sql.parser;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

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
        if (item instanceof SqlIdentifier || item.getKind() == SqlKind.AS) {
            return item;
        }
        SqlParserPos position = item.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(
                position, item, new SqlIdentifier(nameOf(item).orElse(UNNAMED), position));
    }

    private static Optional<String> nameOf(SqlNode item) {
        return switch (item) {
            case SqlIdentifier identifier -> Optional.of(identifier.names.getLast());
            case SqlCase chosen ->
                Optional.ofNullable(chosen.getElseOperand())
                        .flatMap(OutputNames::nameOf)
                        .or(() -> Optional.of("case"));
            case SqlSelect select
            when select.getSelectList().size() == 1 ->
                nameOf(select.getSelectList().get(0));
            case SqlCall call when call.getKind() == SqlKind.AS -> nameOf(call.operand(1));
            case SqlCall call
            when call.getKind() == SqlKind.CAST -> nameOf(call.operand(0)).or(() -> typeName(call.operand(1)));
            case SqlCall call when call.getKind() == SqlKind.FILTER -> nameOf(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.EXISTS -> Optional.of("exists");
            case SqlCall call
            when call.getOperator() instanceof SqlFunction function ->
                Optional.of(function.getName().toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private static Optional<String> typeName(SqlNode type) {
        if (!(type instanceof SqlDataTypeSpec spec)
                || !(spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
            return Optional.empty();
        }
        String name = basic.getTypeName().getSimple().toLowerCase(Locale.ROOT);
        return Optional.of(
                switch (name) {
                    case "boolean" -> "bool";
                    case "smallint" -> "int2";
                    case "integer" -> "int4";
                    case "bigint" -> "int8";
                    case "real" -> "float4";
                    case "double" -> "float8";
                    case "decimal" -> "numeric";
                    case "char" -> "bpchar";
                    default -> name;
                });
    }
}
