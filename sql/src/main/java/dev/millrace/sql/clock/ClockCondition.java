package dev.millrace.sql.clock;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.Calendar;
import java.util.Optional;

/**
 * Whether {@code now() + shift} has come to a moment, or if strict is past it: what the dataflow tells rows by. The moment and the shift are computed of the row.
 *
 * @param calendar how long the days and months of the shift are
 */
record ClockCondition(Expression moment, Optional<Expression> shift, boolean strict, Calendar calendar) {}
