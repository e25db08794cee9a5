package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** A few functions to make plans of. */
enum TestFunction implements Function {
    LESS {
        @Override
        public Object apply(@Nullable Object[] arguments) {
            return Values.compare(arguments[0], arguments[1]) < 0;
        }
    },
    EQUAL {
        @Override
        public Object apply(@Nullable Object[] arguments) {
            return Values.compare(arguments[0], arguments[1]) == 0;
        }
    },
    IS_NULL {
        @Override
        public Object apply(@Nullable Object[] arguments) {
            return arguments[0] == null;
        }

        @Override
        public boolean strict() {
            return false;
        }
    },
    /** Of integers; a data error when dividing by zero. */
    DIVIDE {
        @Override
        public Object apply(@Nullable Object[] arguments) {
            if (integer(arguments[1]) == 0) {
                throw new MillraceException(ErrorCode.DATA_ERROR, "division by zero");
            }
            return integer(arguments[0]) / integer(arguments[1]);
        }
    },
    SUBTRACT {
        @Override
        public Object apply(@Nullable Object[] arguments) {
            return integer(arguments[0]) - integer(arguments[1]);
        }
    };

    @Override
    public boolean mayFail() {
        return this == DIVIDE;
    }

    private static int integer(@Nullable Object value) {
        if (value instanceof Integer integer) {
            return integer;
        }
        throw new IllegalArgumentException("not an int4: " + value);
    }
}
