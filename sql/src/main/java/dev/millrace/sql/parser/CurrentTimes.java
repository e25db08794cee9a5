package dev.millrace.sql.parser;

import dev.millrace.sql.function.FunctionRegistry;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/** The times that are called without parentheses, as what they are: {@code CURRENT_DATE} is {@code now()::date}. {@code age(t)} is {@code age(CURRENT_DATE, t)}. */
final class CurrentTimes extends SqlShuttle {
    /** Whether a name is not a column's, but a time. */
    static boolean isOne(SqlIdentifier name) {
        return name.isSimple()
                && !name.isComponentQuoted(0)
                && time(name.getSimple(), name.getParserPosition()).isPresent();
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
        return isOne(name) ? time(name.getSimple(), name.getParserPosition()).orElseThrow() : name;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.AS) {
            call.setOperand(0, call.operand(0).accept(this));
            return call;
        }
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall made) || !(made.getOperator() instanceof SqlFunction function)) {
            return visited;
        }
        SqlParserPos position = made.getParserPosition();
        boolean age = function.getName().equalsIgnoreCase("age") && made.operandCount() == 1;
        if (age) {
            return FunctionRegistry.BUILT_IN
                    .find("age")
                    .map(found -> (SqlNode) found.createCall(
                            position, time("current_date", position).orElseThrow(), made.operand(0)))
                    .orElse(made);
        }
        return made.operandCount() == 0 ? time(function.getName(), position).orElse(made) : made;
    }

    private static Optional<SqlNode> time(String name, SqlParserPos position) {
        SqlNode now = FunctionRegistry.BUILT_IN.find("now").orElseThrow().createCall(position);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "current_timestamp" -> Optional.of(now);
            case "localtimestamp" -> Optional.of(cast(now, basic(SqlTypeName.TIMESTAMP, position)));
            case "current_date" -> Optional.of(cast(now, basic(SqlTypeName.DATE, position)));
            case "current_time" -> Optional.of(cast(now, CastTargets.named("timetz", position)));
            case "localtime" -> Optional.of(cast(now, CastTargets.named("time", position)));
            default -> Optional.empty();
        };
    }

    private static SqlNode cast(SqlNode value, SqlDataTypeSpec type) {
        return SqlStdOperatorTable.CAST.createCall(value.getParserPosition(), value, type);
    }

    private static SqlDataTypeSpec basic(SqlTypeName type, SqlParserPos position) {
        return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position);
    }
}
