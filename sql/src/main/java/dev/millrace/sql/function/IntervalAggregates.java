package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.EngineType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.fun.SqlSumAggFunction;

/** The planner's {@code sum} and {@code avg}, of intervals as well. */
@SuppressWarnings("NullAway") // a sum's type is derived, and not given
final class IntervalAggregates {
    private IntervalAggregates() {}

    private static boolean isInterval(RelDataType type) {
        return EngineType.isOne(type) && EngineType.nameOf(type).equals(DataType.INTERVAL.sqlName());
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
            return isInterval(binding.getOperandType(0)) || super.checkOperandTypes(binding, throwOnFailure);
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
            return isInterval(binding.getOperandType(0)) || super.checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return isInterval(binding.getOperandType(0)) ? nullable(binding) : super.inferReturnType(binding);
        }
    }
}
