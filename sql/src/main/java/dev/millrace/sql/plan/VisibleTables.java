package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** The tables that names mean in a part of a query whose FROM is known. */
record VisibleTables(SqlValidatorScope scope, SqlNameMatcher names) {
    /**
     * A table by its alias, or by its own name.
     *
     * @param nullable whether an outer join may put nulls in the place of a row of it
     */
    record Visible(String name, SqlValidatorNamespace namespace, boolean nullable) {
        List<RelDataTypeField> columns() {
            return namespace.getRowType().getFieldList();
        }

        SqlIdentifier column(String column, SqlParserPos position) {
            return new SqlIdentifier(List.of(name, column), position);
        }
    }

    /** The table of this name, which no column has. */
    Optional<Visible> ofNameAlone(String name) {
        return scope.findQualifyingTableNames(name, scope.getNode(), names).isEmpty() ? named(name) : Optional.empty();
    }

    Optional<Visible> named(String name) {
        List<Visible> found = new ArrayList<>();
        scope.resolve(List.of(name), names, false, new SqlValidatorScope.Resolved() {
            @Override
            public void found(
                    SqlValidatorNamespace namespace,
                    boolean nullable,
                    SqlValidatorScope in,
                    SqlValidatorScope.Path path,
                    List<String> remaining) {
                if (remaining.isEmpty()) {
                    found.add(new Visible(name, namespace, nullable));
                }
            }

            @Override
            public int count() {
                return found.size();
            }
        });
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The name of the table that alone has a column of this name. */
    Optional<String> tableOf(String column) {
        Set<String> found =
                scope.findQualifyingTableNames(column, scope.getNode(), names).keySet();
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }
}
