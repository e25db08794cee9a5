package dev.millrace.dataflow.aggregate;

import static dev.millrace.dataflow.row.DataType.BOOL;
import static dev.millrace.dataflow.row.DataType.FLOAT4;
import static dev.millrace.dataflow.row.DataType.FLOAT8;
import static dev.millrace.dataflow.row.DataType.INT8;
import static dev.millrace.dataflow.row.DataType.NUMERIC;

import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import java.util.List;

/** Which accumulator does an aggregate call. The result types are Postgres's. */
public final class Accumulators {
    private Accumulators() {}

    /**
     * A new, empty accumulator.
     *
     * @param types the types of the aggregate's input
     * @throws IllegalArgumentException if there is no such aggregate for these types
     */
    public static Accumulator create(AggregateCall call, List<DataType> types) {
        require(call.filter().isEmpty() || types.get(call.filter().get()) == BOOL, call);
        if (call.column().isEmpty()) {
            require(!call.distinct(), call);
            return switch (call.kind()) {
                case COUNT -> returning(INT8, call, new Count());
                case SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, SINGLE_VALUE -> throw unknown(call);
                case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> throw unknown(call);
            };
        }
        Accumulator accumulator = over(types.get(call.column().get()), call);
        return call.distinct() ? new DistinctValues(accumulator) : accumulator;
    }

    private static Accumulator over(DataType column, AggregateCall call) {
        return switch (call.kind()) {
            case COUNT -> returning(INT8, call, new Count());
            case SUM -> sum(column, call);
            case AVG -> average(column, call);
            case MIN -> returning(column, call, new Extreme(false));
            case MAX -> returning(column, call, new Extreme(true));
            case BOOL_AND, BOOL_OR -> {
                require(column == BOOL, call);
                yield returning(BOOL, call, new Booleans(call.kind()));
            }
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> throw unknown(call);
            case SINGLE_VALUE -> returning(column, call, new SingleValue());
        };
    }

    private static Accumulator sum(DataType column, AggregateCall call) {
        return switch (column) {
            case INT2, INT4 -> returning(INT8, call, new IntegerSum(IntegerSum.Result.INT8));
            case INT8 -> returning(NUMERIC, call, new IntegerSum(IntegerSum.Result.NUMERIC));
            case NUMERIC -> returning(NUMERIC, call, new DecimalSum(false));
            case FLOAT4 -> returning(FLOAT4, call, new FloatSum(FloatSum.Result.FLOAT4));
            case FLOAT8 -> returning(FLOAT8, call, new FloatSum(FloatSum.Result.FLOAT8));
            case BOOL, TEXT, CHAR, BYTEA, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> throw unknown(call);
        };
    }

    private static Accumulator average(DataType column, AggregateCall call) {
        return switch (column) {
            case INT2, INT4, INT8 -> returning(NUMERIC, call, new IntegerSum(IntegerSum.Result.AVERAGE));
            case NUMERIC -> returning(NUMERIC, call, new DecimalSum(true));
            case FLOAT4, FLOAT8 -> returning(FLOAT8, call, new FloatSum(FloatSum.Result.AVERAGE));
            case BOOL, TEXT, CHAR, BYTEA, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> throw unknown(call);
        };
    }

    private static Accumulator returning(DataType result, AggregateCall call, Accumulator accumulator) {
        require(call.type() == result, call);
        return accumulator;
    }

    private static void require(boolean condition, AggregateCall call) {
        if (!condition) {
            throw unknown(call);
        }
    }

    private static IllegalArgumentException unknown(AggregateCall call) {
        return new IllegalArgumentException("no such aggregate over this input: " + call);
    }
}
