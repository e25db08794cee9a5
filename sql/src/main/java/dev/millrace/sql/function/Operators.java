package dev.millrace.sql.function;

import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The names that the validator resolves, whatever their case. One that it knows and {@link Functions} does not is refused by name. */
public final class Operators implements SqlOperatorTable {
    public static final SqlOperatorTable TABLE = new Operators();

    private static final SqlFunction TRUNC = SqlStdOperatorTable.TRUNCATE.withName("TRUNC");

    private final SqlOperatorTable operators = SqlOperatorTables.chain(
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                    EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)),
            // Which the planner takes for another database's.
            SqlOperatorTables.of(SqlLibraryOperators.ARRAY_AGG));

    private Operators() {}

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (name.isSimple() && name.getSimple().equalsIgnoreCase(Grouping.FUNCTION.getName())) {
            found.add(Grouping.FUNCTION);
            return;
        }
        List<WindowOperator> window = name.isSimple() ? WindowOperator.named(name.getSimple()) : List.of();
        found.addAll(window);
        if (!window.isEmpty()) {
            return;
        }
        operators.lookupOperatorOverloads(name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
        if (name.isSimple() && name.getSimple().equalsIgnoreCase(TRUNC.getName()) && syntax == SqlSyntax.FUNCTION) {
            found.add(TRUNC);
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators.getOperatorList();
    }
}
