package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.millrace.connector.Position;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** For programs: each message as a JSON object on a line of its own. */
final class JsonPrinter implements MessagePrinter {
    /** Writes the members of an object that is already begun. */
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private final PrintWriter out;

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Message message) {
        switch (message) {
            case Message.Accepted accepted ->
                line("accepted", json -> {
                    place(json, accepted.epoch(), accepted.position());
                    schema(json, accepted.schema());
                });
            case Message.Initial initial ->
                line("initial", json -> {
                    json.writeArrayFieldStart("rows");
                    for (ResultRow row : initial.rows()) {
                        row(json, row);
                    }
                    json.writeEndArray();
                });
            case Message.Changes changes ->
                line("changes", json -> {
                    place(json, changes.epoch(), changes.position());
                    json.writeArrayFieldStart("changes");
                    for (Change change : changes.changes()) {
                        change(json, change);
                    }
                    json.writeEndArray();
                });
            case Message.Progress progress ->
                line("progress", json -> place(json, progress.epoch(), progress.position()));
            case Message.NoResult noResult ->
                line("no_result", json -> {
                    place(json, noResult.epoch(), noResult.position());
                    json.writeBooleanField("again", noResult.again());
                    error(json, noResult.error());
                });
            case Message.Resync resync ->
                line(
                        "resync",
                        json -> json.writeStringField("reason", resync.reason().name()));
            case Message.Failed failed -> line("error", json -> error(json, failed.error()));
        }
    }

    private static void error(JsonGenerator json, MillraceException error) throws IOException {
        json.writeStringField("code", error.code().code());
        json.writeStringField("message", error.detail());
    }

    private void line(String type, Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
        out.flush();
    }

    private static void place(JsonGenerator json, long epoch, Position position) throws IOException {
        json.writeNumberField("epoch", epoch);
        json.writeStringField("position", position.text());
    }

    private static void schema(JsonGenerator json, ResultSchema schema) throws IOException {
        json.writeArrayFieldStart("schema");
        for (ResultColumn column : schema.columns()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type().toString());
            json.writeBooleanField("nullable", column.nullable());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("key");
        if (schema.key().isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartArray();
            for (int column : schema.key().get()) {
                json.writeString(schema.columns().get(column).name());
            }
            json.writeEndArray();
        }
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        switch (change) {
            case Change.Insert(ResultRow row) -> {
                json.writeStringField("op", "insert");
                json.writeFieldName("new");
                row(json, row);
            }
            case Change.Update(ResultRow oldRow, ResultRow newRow) -> {
                json.writeStringField("op", "update");
                json.writeFieldName("old");
                row(json, oldRow);
                json.writeFieldName("new");
                row(json, newRow);
            }
            case Change.Delete(ResultRow row) -> {
                json.writeStringField("op", "delete");
                json.writeFieldName("old");
                row(json, row);
            }
        }
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, ResultRow row) throws IOException {
        json.writeStartObject();
        for (var column : row.toMap().entrySet()) {
            json.writeFieldName(column.getKey());
            JsonValue.write(json, column.getValue());
        }
        json.writeEndObject();
    }
}
