package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import java.util.Optional;

/** A window function: a value for each row, from the rows around it in its partition. */
public sealed interface WindowCall {
    DataType type();

    /** Where a row stands among the others. */
    record Ranking(Kind kind) implements WindowCall {
        /** Numbers are int8 and count from 1; those of shares are float8. */
        public enum Kind {
            ROW_NUMBER,
            RANK,
            DENSE_RANK,
            PERCENT_RANK,
            CUME_DIST
        }

        @Override
        public DataType type() {
            return kind == Kind.PERCENT_RANK || kind == Kind.CUME_DIST ? DataType.FLOAT8 : DataType.INT8;
        }
    }

    /** In which of so many parts, as equal as can be, the larger ones first, a row is; counted from 1. */
    record Tile(int parts) implements WindowCall {
        @Override
        public DataType type() {
            return DataType.INT4;
        }
    }

    /**
     * A column of the row so many rows behind, or before if negative.
     *
     * @param otherwise the column of the row itself that stands for one that is not there; without it it is NULL
     */
    record Shifted(int column, long distance, Optional<Integer> otherwise, DataType type) implements WindowCall {}

    /** A column of the {@code nth} row of the frame, counted from 1, or of its last row; NULL if there is none. */
    record FrameValue(int column, long nth, boolean last, WindowFrame frame, DataType type) implements WindowCall {}

    /** An aggregate over the rows of the frame. */
    record FrameAggregate(AggregateCall call, WindowFrame frame) implements WindowCall {
        @Override
        public DataType type() {
            return call.type();
        }
    }
}
