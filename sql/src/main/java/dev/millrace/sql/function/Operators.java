package dev.millrace.sql.function;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The names that the validator resolves, whatever their case. One that the planner knows and {@link FunctionRegistry} does not is refused by name. */
public final class Operators implements SqlOperatorTable {

    private final SqlOperatorTable operators = SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL));

    private final FunctionRegistry functions;

    public Operators(FunctionRegistry functions) {
        this.functions = functions;
    }

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
        if (name.isSimple() && name.getSimple().equals(Collate.OPERATOR.getName())) {
            found.add(Collate.OPERATOR);
            return;
        }
        Optional<SqlAggFunction> aggregate =
                name.isSimple() ? AggregateOperator.named(name.getSimple()) : Optional.empty();
        if (aggregate.isPresent()) {
            found.add(aggregate.get());
            return;
        }
        List<WindowOperator> window = name.isSimple() ? WindowOperator.named(name.getSimple()) : List.of();
        found.addAll(window);
        if (!window.isEmpty()) {
            return;
        }
        Optional<NamedFunction> function =
                name.isSimple() && syntax == SqlSyntax.FUNCTION ? functions.find(name.getSimple()) : Optional.empty();
        function.ifPresent(found::add);
        if (function.isPresent()
                || (name.isSimple() && functions.refusal(name.getSimple()).isPresent())) {
            return;
        }
        operators.lookupOperatorOverloads(name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return Stream.concat(functions.functions().stream(), operators.getOperatorList().stream())
                .toList();
    }
}
