package dev.millrace.sql.clock;

import dev.millrace.dataflow.expression.Expression;
import java.util.Optional;

/** Whether {@code now() + shift} has come to a moment, or if strict is past it: what the dataflow tells rows by. The moment and the shift are computed of the row. */
record ClockTest(Expression moment, Optional<Expression> shift, boolean strict) {}
