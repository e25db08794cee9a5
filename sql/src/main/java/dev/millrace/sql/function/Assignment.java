package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Postgres's assignment casts: what a value becomes in a column. They are fewer than the explicit casts (a text is never turned into a number), and a text that is too long
 * for its column is an error, not cut off, unless the excess is blanks.
 */
public final class Assignment {
    private Assignment() {}

    /**
     * The value as the column holds it.
     *
     * @param unknown whether the value is a quoted literal, which is read as a value of whatever type is wanted
     * @return empty if there is no such assignment
     */
    public static Optional<Expression> of(Expression value, boolean unknown, ColumnType to) {
        DataType from = value.type();
        if (value instanceof Expression.Literal(Object constant, DataType ignored) && constant == null) {
            return Optional.of(new Expression.Literal(null, to.type()));
        }
        if (isText(to.type()) && (isText(from) || unknown)) {
            return Optional.of(fitting(value, to));
        }
        if (unknown && to.type() == DataType.BYTEA) {
            return Optional.of(new Expression.Call(new BytesOfText(), List.of(value), DataType.BYTEA));
        }
        if (from == to.type() && to.precision() == ColumnType.UNDECLARED) {
            return Optional.of(value);
        }
        boolean allowed = unknown || isText(to.type()) || !(isText(from) || isExplicit(from, to.type()));
        if (!allowed) {
            return Optional.empty();
        }
        if (isText(to.type())) {
            return Functions.conversion(from, ColumnType.of(DataType.TEXT))
                    .map(function -> fitting(new Expression.Call(function, List.of(value), DataType.TEXT), to));
        }
        return Functions.conversion(from, to).map(function -> new Expression.Call(function, List.of(value), to.type()));
    }

    private static Expression fitting(Expression text, ColumnType to) {
        boolean any = to.type() == DataType.TEXT && to.precision() == ColumnType.UNDECLARED;
        return any && text.type() == DataType.TEXT
                ? text
                : new Expression.Call(new Fitting(to), List.of(text), to.type());
    }

    private static boolean isText(DataType type) {
        return type == DataType.TEXT || type == DataType.CHAR;
    }

    /** Casts that have to be written. */
    private static boolean isExplicit(DataType from, DataType to) {
        boolean bool = (from == DataType.BOOL) != (to == DataType.BOOL);
        boolean json = from.sqlName().equals("jsonb") && !to.sqlName().startsWith("json");
        return bool || json;
    }

    /** A text as a text column of a declared length, or a char(n) column, holds it. */
    private record Fitting(ColumnType to) implements Function {
        @Override
        public String name() {
            return "as " + to;
        }

        @Override
        public Object apply(@Nullable Object[] arguments) {
            String text = String.valueOf(arguments[0]);
            String kept = to.type() == DataType.CHAR ? withoutBlanks(text) : text;
            if (to.precision() == ColumnType.UNDECLARED || length(kept) <= to.precision()) {
                return kept;
            }
            String cut = kept.substring(0, kept.offsetByCodePoints(0, to.precision()));
            if (!withoutBlanks(kept.substring(cut.length())).isEmpty()) {
                String type = to.type() == DataType.CHAR ? "character" : "character varying";
                throw DataErrors.of("value too long for type " + type + "(" + to.precision() + ")");
            }
            return cut;
        }

        private static int length(String text) {
            return text.codePointCount(0, text.length());
        }

        private static String withoutBlanks(String text) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            return text.substring(0, end);
        }
    }

    /** Reads bytes in Postgres's hex form or its escape form. */
    private record BytesOfText() implements Function {
        @Override
        public String name() {
            return "as bytea";
        }

        @Override
        public Object apply(@Nullable Object[] arguments) {
            return ByteText.parse(String.valueOf(arguments[0]));
        }
    }
}
