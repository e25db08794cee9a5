package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Static;

/** A table function as the validator sees it. */
public final class TableOperator extends SqlFunction implements SqlTableFunction {
    /** The arguments, row after row. No name in a query stands for it. */
    public static final TableOperator ROWS = new TableOperator("rows", List.of(), ignored -> Optional.empty());

    /** What stands behind the name of a function {@code WITH ORDINALITY}. */
    public static final String ORDINALITY = " with ordinality";

    private final List<String> columnNames;
    private final Overloads overloads;

    /** The signature for arguments of these types, of which those of quoted literals and NULLs are not known. */
    interface Overloads {
        Optional<Signature> of(List<Optional<DataType>> arguments);
    }

    /** @param columnNames empty if the one column is called as the function or its alias is */
    TableOperator(String name, List<String> columnNames, Overloads overloads) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
        this.columnNames = columnNames;
        this.overloads = overloads;
    }

    /** The same with the numbers of the rows in one more column. */
    TableOperator numbered() {
        return new TableOperator(
                getName() + ORDINALITY,
                columnNames,
                arguments -> overloads.of(arguments).map(Signature::numbered));
    }

    /** The same with a row of NULLs where there is none. No name in a query stands for it. */
    public TableOperator orNulls() {
        return new TableOperator(
                getName(), columnNames, arguments -> overloads.of(arguments).map(Signature::orNulls));
    }

    /** The names of the columns, where they are not those of the function or its alias: these come first, ordinality last. */
    public List<String> columnNames() {
        return columnNames;
    }

    /** What a call with such arguments means. */
    public Optional<Signature> signature(List<Optional<DataType>> arguments) {
        return overloads.of(arguments);
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return binding -> {
            List<Optional<DataType>> arguments = IntStream.range(0, binding.getOperandCount())
                    .mapToObj(i -> type(binding, i))
                    .toList();
            Signature signature = overloads
                    .of(arguments)
                    .orElseThrow(
                            () -> binding.newError(Static.RESOURCE.validatorUnknownFunction(described(arguments))));
            RelDataTypeFactory factory = binding.getTypeFactory();
            List<RelDataType> types = IntStream.range(0, signature.columns().size())
                    .mapToObj(i -> planned(binding, i, signature.columns().get(i)))
                    .toList();
            return factory.createStructType(types, names(types.size()));
        };
    }

    /** The names of so many columns. */
    private List<String> names(int count) {
        boolean numbered = getName().endsWith(ORDINALITY);
        List<String> names = new ArrayList<>(columnNames);
        while (names.size() < count - (numbered ? 1 : 0)) {
            names.add(getName().replace(ORDINALITY, ""));
        }
        if (numbered) {
            names.add("ordinality");
        }
        return names;
    }

    /** An element of an array of enums is one of the same enum. */
    private static RelDataType planned(SqlOperatorBinding binding, int column, DataType type) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        if (type == DataType.ENUM) {
            return factory.createTypeWithNullability(
                    binding.getOperandType(column).getComponentType(), true);
        }
        return TypeMapping.toPlanner(
                (PostgresTypeFactory) factory, Optional.of(ColumnType.of(type)), type.sqlName(), true);
    }

    private static Optional<DataType> type(SqlOperatorBinding binding, int operand) {
        RelDataType type = binding.getOperandType(operand);
        boolean literal =
                binding instanceof SqlCallBinding call && call.operand(operand) instanceof SqlCharStringLiteral;
        boolean unknown = literal
                || type.getSqlTypeName() == SqlTypeName.NULL
                || type.getSqlTypeName() == SqlTypeName.UNKNOWN
                || type.getSqlTypeName() == SqlTypeName.ANY;
        return unknown ? Optional.empty() : Optional.of(TypeMapping.toEngine(type));
    }

    private String described(List<Optional<DataType>> arguments) {
        return arguments.stream()
                .map(type -> type.map(DataType::sqlName).orElse("unknown"))
                .collect(Collectors.joining(", ", getName() + "(", ")"));
    }
}
