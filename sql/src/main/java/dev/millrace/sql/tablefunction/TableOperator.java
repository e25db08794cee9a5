package dev.millrace.sql.tablefunction;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** A table function as the validator sees it. It takes arguments of any type: the compiler knows which it can compute with. */
public final class TableOperator extends SqlFunction implements SqlTableFunction {
    public static final TableOperator GENERATE_SERIES =
            new TableOperator("generate_series", 2, 3, TableOperator::seriesType);
    public static final TableOperator STRING_TO_TABLE = new TableOperator(
            "string_to_table",
            2,
            3,
            binding ->
                    nullable(binding.getTypeFactory(), binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)));
    /** The arguments, row after row. No name in a query stands for it. */
    public static final TableOperator ROWS = new TableOperator("rows", 0, -1, TableOperator::seriesType);

    /** What a query can name. */
    public static final SqlOperatorTable TABLE = SqlOperatorTables.of(GENERATE_SERIES, STRING_TO_TABLE);

    private final SqlReturnTypeInference columnType;

    private TableOperator(String name, int fewest, int most, SqlReturnTypeInference columnType) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                null,
                most < 0 ? OperandTypes.VARIADIC : OperandTypes.variadic(SqlOperandCountRanges.between(fewest, most)),
                SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
        this.columnType = columnType;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return binding -> {
            RelDataTypeFactory factory = binding.getTypeFactory();
            return factory.createStructType(List.of(columnType.inferReturnType(binding)), List.of(getName()));
        };
    }

    private static RelDataType seriesType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        List<RelDataType> types = binding.collectOperandTypes();
        boolean wide = types.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.BIGINT);
        return factory.createSqlType(wide ? SqlTypeName.BIGINT : SqlTypeName.INTEGER);
    }

    private static RelDataType nullable(RelDataTypeFactory factory, RelDataType type) {
        return factory.createTypeWithNullability(type, true);
    }
}
