package dev.millrace.cli;

import dev.millrace.connector.Position;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For people: the initial rows as a table, then a line for each change, {@code +}, {@code -} or {@code ~}, with its position. It is said when there is no result, and when there is
 * one again.
 */
final class TextPrinter implements MessagePrinter {
    private final PrintWriter out;
    private @Nullable ResultSchema schema;
    private boolean suspended;

    TextPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Message message) {
        switch (message) {
            case Message.Accepted accepted -> schema = accepted.schema();
            case Message.Initial initial -> {
                suspended = false;
                table(initial);
            }
            case Message.Changes changes -> {
                resume(changes.position());
                changes.changes().forEach(change -> out.println(changes.position() + "  " + line(change)));
            }
            case Message.Progress progress -> resume(progress.position());
            case Message.NoResult noResult -> {
                suspended = true;
                if (!noResult.again()) {
                    out.println(noResult.position() + "  no result: "
                            + noResult.error().getMessage());
                }
            }
            case Message.Resync resync -> out.println("resync (" + resync.reason() + "): the result follows anew");
            case Message.Failed failed -> {}
        }
        out.flush();
    }

    private void resume(Position position) {
        if (suspended) {
            out.println(position + "  there is a result again");
        }
        suspended = false;
    }

    private void table(Message.Initial initial) {
        if (schema != null) {
            ResultTable.lines(schema, initial.rows()).forEach(out::println);
        }
        int count = initial.rows().size();
        out.println("(" + count + (count == 1 ? " row" : " rows") + " at " + initial.position() + ")");
    }

    private static String line(Change change) {
        return switch (change) {
            case Change.Insert(ResultRow row) -> "+ " + row(row);
            case Change.Delete(ResultRow row) -> "- " + row(row);
            case Change.Update(ResultRow oldRow, ResultRow newRow) -> "~ " + update(oldRow, newRow);
        };
    }

    private static String row(ResultRow row) {
        return String.join(" | ", ResultTable.cells(row));
    }

    /** The new row, with the old value before each that changed. */
    private static String update(ResultRow oldRow, ResultRow newRow) {
        List<String> before = ResultTable.cells(oldRow);
        List<String> after = ResultTable.cells(newRow);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < after.size(); i++) {
            text.append(i == 0 ? "" : " | ");
            text.append(before.get(i).equals(after.get(i)) ? after.get(i) : before.get(i) + " → " + after.get(i));
        }
        return text.toString();
    }
}
