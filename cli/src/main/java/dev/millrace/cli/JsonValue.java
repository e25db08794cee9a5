package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result's value in JSON. Numbers are JSON numbers with all their digits, a numeric with its scale; what JSON has no number for
 * ({@code "NaN"}, {@code "Infinity"}) and all other types are strings; times are ISO 8601, bytes are {@code "\\x…"}; an array is an array.
 */
final class JsonValue {
    private JsonValue() {}

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case Short number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Float number when Float.isFinite(number) -> json.writeNumber(number);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case byte[] bytes -> json.writeString(ValueText.hex(bytes));
            case LocalDate date -> json.writeString(ValueText.iso(date));
            case LocalDateTime time -> json.writeString(ValueText.iso(time));
            case Instant time -> json.writeString(ValueText.iso(time));
            case List<?> array -> {
                json.writeStartArray();
                for (Object element : array) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
