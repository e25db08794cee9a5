package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.EngineType;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlSumAggFunction;

/** The planner's {@code sum} and {@code avg}, of intervals as well, and of times of day, which are converted to intervals. */
@SuppressWarnings("NullAway") // a sum's type is derived, and not given
final class IntervalAggregates {
    private IntervalAggregates() {}

    private static boolean isInterval(RelDataType type) {
        return is(type, DataType.INTERVAL);
    }

    private static boolean is(RelDataType type, DataType wanted) {
        return EngineType.isOne(type) && EngineType.nameOf(type).equals(wanted.sqlName());
    }

    /** Whether the operand is an interval, or has been made one. */
    private static boolean takes(SqlCallBinding binding) {
        if (is(binding.getOperandType(0), DataType.TIME)) {
            SqlNode time = binding.operand(0);
            RelDataType interval = TypeMapping.toPlanner(
                    (PostgresTypeFactory) binding.getTypeFactory(),
                    Optional.of(ColumnType.of(DataType.INTERVAL)),
                    DataType.INTERVAL.sqlName(),
                    true);
            SqlNode cast = SqlStdOperatorTable.CAST.createCall(
                    time.getParserPosition(), time, TypeSpecs.of(interval, time.getParserPosition()));
            binding.getCall().setOperand(0, cast);
        }
        return isInterval(binding.getOperandType(0));
    }

    private static RelDataType nullable(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createTypeWithNullability(binding.getOperandType(0), true);
    }

    static final class Sum extends SqlSumAggFunction {
        Sum() {
            super(null);
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return takes(binding) || super.checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return isInterval(binding.getOperandType(0)) ? nullable(binding) : super.inferReturnType(binding);
        }
    }

    static final class Average extends SqlAvgAggFunction {
        Average() {
            super(SqlKind.AVG);
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return takes(binding) || super.checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return isInterval(binding.getOperandType(0)) ? nullable(binding) : super.inferReturnType(binding);
        }
    }
}
