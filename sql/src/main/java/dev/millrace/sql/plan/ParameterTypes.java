package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/** The types of a query's parameters. As in Postgres, the first place where one stands decides; where it stands again it has that type. */
final class ParameterTypes {
    /** By parameter; the first place is the first in the text. */
    private final SortedMap<Integer, RelDataType> types = new TreeMap<>();

    private boolean unanimous = true;

    private ParameterTypes() {}

    /** @throws MillraceException {@code INVALID_QUERY} for a parameter that no place gives a type */
    static ParameterTypes of(SqlNode validated, SqlValidator validator, SourceText source) {
        Places places = new Places();
        validated.accept(places);
        ParameterTypes result = new ParameterTypes();
        for (SqlDynamicParam place : inOrder(places.typed)) {
            RelDataType type = validator.getValidatedNodeType(place);
            RelDataType first = result.types.putIfAbsent(place.getIndex(), type);
            result.unanimous &= first == null || TypeMapping.toColumn(first).equals(TypeMapping.toColumn(type));
        }
        for (SqlDynamicParam place : places.bounds) {
            RelDataType given = validator.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
            RelDataType type = Objects.requireNonNullElse(result.types.putIfAbsent(place.getIndex(), given), given);
            validator.setValidatedNodeType(place, type);
        }
        for (SqlDynamicParam place : inOrder(places.untyped)) {
            if (!result.types.containsKey(place.getIndex())) {
                throw source.error(
                        ErrorCode.INVALID_QUERY,
                        QueryErrors.untyped("$" + (place.getIndex() + 1)),
                        place.getParserPosition().getLineNum(),
                        place.getParserPosition().getColumnNum());
            }
            result.unanimous = false;
        }
        return result;
    }

    private static List<SqlDynamicParam> inOrder(List<SqlDynamicParam> places) {
        return places.stream()
                .sorted(Comparator.comparing(
                        SqlDynamicParam::getParserPosition,
                        Comparator.comparingInt(SqlParserPos::getLineNum).thenComparingInt(SqlParserPos::getColumnNum)))
                .toList();
    }

    /** Where parameters stand. A test for NULL takes any type, so it gives none; LIMIT and OFFSET take integers, so they give one where no other place does. */
    private static final class Places extends SqlBasicVisitor<@Nullable Void> {
        private final List<SqlDynamicParam> typed = new ArrayList<>();
        private final List<SqlDynamicParam> untyped = new ArrayList<>();
        private final List<SqlDynamicParam> bounds = new ArrayList<>();

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select) {
                addBound(select.getOffset());
                addBound(select.getFetch());
            }
            boolean test = call.getKind() == SqlKind.IS_NULL || call.getKind() == SqlKind.IS_NOT_NULL;
            if (test && call.operand(0) instanceof SqlDynamicParam parameter) {
                untyped.add(parameter);
                return null;
            }
            return super.visit(call);
        }

        private void addBound(@Nullable SqlNode bound) {
            if (bound instanceof SqlDynamicParam parameter) {
                bounds.add(parameter);
            }
        }

        @Override
        public @Nullable Void visit(SqlDynamicParam parameter) {
            if (!bounds.contains(parameter)) {
                typed.add(parameter);
            }
            return null;
        }
    }

    /** Whether each place would give the same type. */
    boolean isUnanimous() {
        return unanimous;
    }

    /** The query with each parameter cast to its type, so that each place gives the same. */
    SqlNode imposedOn(SqlNode query) {
        return query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlOrderBy typed && call instanceof SqlOrderBy ordered
                        ? new SqlOrderBy(
                                typed.getParserPosition(), typed.query, typed.orderList, ordered.offset, ordered.fetch)
                        : visited;
            }

            @Override
            public SqlNode visit(SqlDynamicParam parameter) {
                RelDataType type = types.get(parameter.getIndex());
                return type == null
                        ? parameter
                        : SqlStdOperatorTable.CAST.createCall(
                                parameter.getParserPosition(),
                                parameter,
                                TypeSpecs.of(type, parameter.getParserPosition()));
            }
        });
    }

    /**
     * The types, in order.
     *
     * @throws MillraceException {@code INVALID_QUERY} if a number is left out
     */
    List<ColumnType> inOrder() {
        List<ColumnType> ordered = new ArrayList<>();
        for (Map.Entry<Integer, RelDataType> entry : types.entrySet()) {
            if (entry.getKey() != ordered.size()) {
                throw new MillraceException(
                        ErrorCode.INVALID_QUERY,
                        "could not determine the type of parameter $" + (ordered.size() + 1)
                                + ": the query does not use it");
            }
            ordered.add(TypeMapping.toColumn(entry.getValue()));
        }
        return ordered;
    }
}
