package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/** {@code x COLLATE "C"}: the text itself, which is meant to be ordered by code points. It only tells the compiler so, which takes it away. */
public enum Collate implements Function {
    BY_CODE_POINT;

    private static final String PREFIX = "collate ";
    private static final Set<String> NAMES = Set.of("C", "POSIX", "ucs_basic", "pg_c_utf8", "C.utf8", "C.UTF-8");

    /** The call that the parser makes of it. */
    static final SqlFunction OPERATOR = new SqlFunction(
            functionOf("C"),
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            null,
            OperandTypes.family(SqlTypeFamily.CHARACTER),
            SqlFunctionCategory.STRING);

    /** The name of the function that stands for a collation of this name. */
    public static String functionOf(String collation) {
        return PREFIX + (NAMES.contains(collation) ? "C" : collation);
    }

    /** The collation that a function's name stands for, if it does. */
    public static Optional<String> collationOf(String function) {
        return function.toLowerCase(Locale.ROOT).startsWith(PREFIX)
                ? Optional.of(function.substring(PREFIX.length()))
                : Optional.empty();
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        return arguments[0];
    }
}
