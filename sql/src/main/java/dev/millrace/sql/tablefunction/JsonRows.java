package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.JsonOperators;
import dev.millrace.sql.function.JsonSlices;
import dev.millrace.sql.function.JsonbOperators;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is within a document of json or jsonb: none of NULL, an error of what has no such parts.
 *
 * @param asText whether values are given as text
 */
record JsonRows(String name, Part part, boolean asText) implements TableFunction {
    enum Part {
        ELEMENTS,
        MEMBERS,
        KEYS
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        switch (arguments[0]) {
            case String json -> json(json, rows);
            case Jsonb document -> jsonb(document, rows);
            case null, default -> {
                // NULL has no rows.
            }
        }
    }

    private void json(String json, Consumer<Row> rows) {
        char kind = JsonSlices.kind(json);
        if (kind != (part == Part.ELEMENTS ? '[' : '{')) {
            throw none();
        }
        switch (part) {
            case ELEMENTS -> JsonSlices.elements(json).forEach(element -> rows.accept(Row.of(value(element))));
            case MEMBERS ->
                JsonSlices.members(json).forEach(member -> rows.accept(Row.of(member.key(), value(member.value()))));
            case KEYS -> JsonSlices.members(json).forEach(member -> rows.accept(Row.of(member.key())));
        }
    }

    private void jsonb(Jsonb document, Consumer<Row> rows) {
        switch (document) {
            case Jsonb.Array(List<Jsonb> elements)
            when part == Part.ELEMENTS -> elements.forEach(element -> rows.accept(Row.of(value(element))));
            case Jsonb.Members(List<Jsonb.Member> members)
            when part == Part.MEMBERS ->
                members.forEach(member -> rows.accept(Row.of(member.key(), value(member.value()))));
            case Jsonb.Members(List<Jsonb.Member> members)
            when part == Part.KEYS -> members.forEach(member -> rows.accept(Row.of(member.key())));
            default -> throw none();
        }
    }

    private @Nullable Object value(String json) {
        return asText ? JsonOperators.text(json) : json;
    }

    private @Nullable Object value(Jsonb document) {
        return asText ? JsonbOperators.text(document) : document;
    }

    private MillraceException none() {
        return new MillraceException(
                ErrorCode.DATA_ERROR,
                "cannot call " + name + " on " + (part == Part.ELEMENTS ? "a non-array" : "a non-object"));
    }
}
