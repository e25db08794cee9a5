package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The engine's values as the Java classes that users write their functions with, and back. */
enum JavaValue {
    SAME {
        @Override
        Object toJava(Object value) {
            return value;
        }

        @Override
        Object toEngine(Object value) {
            return value;
        }
    },
    DECIMAL {
        @Override
        Object toJava(Object value) {
            Decimal decimal = (Decimal) value;
            if (!decimal.isFinite()) {
                throw DataErrors.of("there is no BigDecimal of " + decimal);
            }
            return decimal.value();
        }

        @Override
        Object toEngine(Object value) {
            return Decimal.of((BigDecimal) value);
        }
    },
    BYTES {
        @Override
        Object toJava(Object value) {
            return ((Bytes) value).array().clone();
        }

        @Override
        Object toEngine(Object value) {
            return new Bytes(((byte[]) value).clone());
        }
    },
    DATE {
        @Override
        Object toJava(Object value) {
            int days = (Integer) value;
            return days == Integer.MAX_VALUE
                    ? LocalDate.MAX
                    : days == Integer.MIN_VALUE ? LocalDate.MIN : LocalDate.ofEpochDay(days);
        }

        @Override
        Object toEngine(Object value) {
            LocalDate date = (LocalDate) value;
            if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
                return date.equals(LocalDate.MAX) ? Integer.MAX_VALUE : Integer.MIN_VALUE;
            }
            long days = date.toEpochDay();
            if (days < TimeText.MIN_DAY || days > TimeText.MAX_DAY) {
                throw DataErrors.outOfRange(DataType.DATE);
            }
            return (int) days;
        }
    },
    TIMESTAMP {
        @Override
        Object toJava(Object value) {
            long micros = (Long) value;
            if (TimeFunctions.isInfinite(micros)) {
                return micros > 0 ? LocalDateTime.MAX : LocalDateTime.MIN;
            }
            return TimeFunctions.toLocal(micros);
        }

        @Override
        Object toEngine(Object value) {
            LocalDateTime time = (LocalDateTime) value;
            boolean infinite = time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN);
            return infinite
                    ? time.equals(LocalDateTime.MAX) ? Long.MAX_VALUE : Long.MIN_VALUE
                    : TimeFunctions.toMicros(time);
        }
    },
    INSTANT {
        @Override
        Object toJava(Object value) {
            long micros = (Long) value;
            if (TimeFunctions.isInfinite(micros)) {
                return micros > 0 ? Instant.MAX : Instant.MIN;
            }
            return TimeFunctions.toLocal(micros).toInstant(ZoneOffset.UTC);
        }

        @Override
        Object toEngine(Object value) {
            Instant instant = (Instant) value;
            if (instant.equals(Instant.MAX) || instant.equals(Instant.MIN)) {
                return instant.equals(Instant.MAX) ? Long.MAX_VALUE : Long.MIN_VALUE;
            }
            try {
                return TimeFunctions.toMicros(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            } catch (DateTimeException e) {
                throw DataErrors.outOfRange(DataType.TIMESTAMPTZ);
            }
        }
    };

    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOL),
            Map.entry(Boolean.class, DataType.BOOL),
            Map.entry(short.class, DataType.INT2),
            Map.entry(Short.class, DataType.INT2),
            Map.entry(int.class, DataType.INT4),
            Map.entry(Integer.class, DataType.INT4),
            Map.entry(long.class, DataType.INT8),
            Map.entry(Long.class, DataType.INT8),
            Map.entry(float.class, DataType.FLOAT4),
            Map.entry(Float.class, DataType.FLOAT4),
            Map.entry(double.class, DataType.FLOAT8),
            Map.entry(Double.class, DataType.FLOAT8),
            Map.entry(String.class, DataType.TEXT),
            Map.entry(BigDecimal.class, DataType.NUMERIC),
            Map.entry(UUID.class, DataType.UUID),
            Map.entry(byte[].class, DataType.BYTEA),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP),
            Map.entry(Instant.class, DataType.TIMESTAMPTZ));

    abstract Object toJava(Object value);

    abstract Object toEngine(Object value);

    /** The type whose values this class stands for; none if there is no such type. */
    static Optional<DataType> typeOf(Class<?> java) {
        return Optional.ofNullable(TYPES.get(java));
    }

    static JavaValue of(DataType type) {
        return switch (type) {
            case NUMERIC -> DECIMAL;
            case BYTEA -> BYTES;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case TIMESTAMPTZ -> INSTANT;
            default -> SAME;
        };
    }
}
