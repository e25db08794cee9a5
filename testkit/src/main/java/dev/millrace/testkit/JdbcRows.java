package dev.millrace.testkit;

import dev.millrace.dataflow.row.Interval;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;

/** Reads rows from JDBC as the classes that {@link dev.millrace.message.ResultRow} names. */
public final class JdbcRows {
    private static final int MONTHS = 12;

    private JdbcRows() {}

    public static List<@Nullable Object[]> read(ResultSet results) throws SQLException {
        ResultSetMetaData columns = results.getMetaData();
        List<@Nullable Object[]> rows = new ArrayList<>();
        while (results.next()) {
            @Nullable Object[] row = new Object[columns.getColumnCount()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(results, i + 1, columns.getColumnTypeName(i + 1));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object value(ResultSet row, int column, String type) throws SQLException {
        if (row.getObject(column) == null) {
            return null;
        }
        if (type.startsWith("_")) {
            return elements(row.getArray(column), type.substring(1));
        }
        return switch (type) {
            case "bool" -> row.getBoolean(column);
            case "int2" -> row.getShort(column);
            case "int4", "serial" -> row.getInt(column);
            case "int8", "bigserial" -> row.getLong(column);
            case "float4" -> row.getFloat(column);
            case "float8" -> row.getDouble(column);
            case "numeric" -> numeric(row.getString(column));
            case "bytea" -> row.getBytes(column);
            case "date" -> row.getObject(column, LocalDate.class);
            case "timestamp" -> row.getObject(column, LocalDateTime.class);
            case "timestamptz" -> instant(row.getObject(column, OffsetDateTime.class));
            case "uuid" -> row.getObject(column, UUID.class);
            case "time" -> row.getObject(column, LocalTime.class);
            case "timetz" -> row.getObject(column, OffsetTime.class);
            case "interval" -> interval(row.getString(column));
            default -> row.getString(column);
        };
    }

    private static List<@Nullable Object> elements(Array array, String type) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        try (ResultSet elements = array.getResultSet()) {
            while (elements.next()) {
                values.add(value(elements, 2, type));
            }
        }
        return values;
    }

    /** The driver knows no infinite ones. */
    private static Interval interval(String text) throws SQLException {
        return switch (text) {
            case "infinity" -> Interval.INFINITY;
            case "-infinity" -> Interval.NEGATIVE_INFINITY;
            default -> finite(new PGInterval(text));
        };
    }

    private static Interval finite(PGInterval interval) {
        long micros = TimeUnit.HOURS.toMicros(interval.getHours())
                + TimeUnit.MINUTES.toMicros(interval.getMinutes())
                + TimeUnit.SECONDS.toMicros(interval.getWholeSeconds())
                + interval.getMicroSeconds();
        return new Interval(interval.getYears() * MONTHS + interval.getMonths(), interval.getDays(), micros);
    }

    private static Object numeric(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> new BigDecimal(text);
        };
    }

    private static Instant instant(OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX)) {
            return Instant.MAX;
        }
        return time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
    }
}
