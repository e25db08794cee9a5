package dev.millrace.cli;

import dev.millrace.cli.StyledLine.Style;
import dev.millrace.message.Result;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows a live result as a table in a rectangle of the screen. Cells that changed are marked for a moment. For use by one thread. */
final class LivePanel {
    private static final long MARKED_NANOS = 700_000_000L;

    /** In lines; a lower panel does without the blank line at its end. */
    private static final int ROOMY = 8;

    /** A row's cells as last shown, and until when each is marked. */
    private record Shown(List<String> cells, long[] markedUntil) {}

    private final String title;
    private final boolean ordered;
    private final Supplier<Result> results;
    private Map<List<@Nullable Object>, Shown> shown = new HashMap<>();
    private boolean first = true;

    /**
     * @param ordered whether the rows come in an order that is wanted
     * @param results gives the result as it is now
     */
    LivePanel(String title, boolean ordered, Supplier<Result> results) {
        this.title = title;
        this.ordered = ordered;
        this.results = results;
    }

    /** The panel's lines, each exactly this wide. */
    List<String> lines(int width, int height, long nanoTime) {
        Result result = results.get();
        List<ResultRow> rows = result.rows();
        int visible = Math.max(0, Math.min(rows.size(), height - (height < ROOMY ? 2 : 3)));
        List<Shown> current = mark(result, nanoTime);
        List<Shown> top = order(rows, current).subList(0, visible);

        List<String> lines = new ArrayList<>();
        lines.add(new StyledLine(width)
                .append(title, Style.TITLE)
                .append("  " + rows.size() + (rows.size() == 1 ? " row" : " rows"), Style.DIM)
                .padded(Style.PLAIN));
        lines.addAll(table(result.schema(), top, width, nanoTime));
        while (lines.size() < height) {
            lines.add(new StyledLine(width).padded(Style.PLAIN));
        }
        return lines.subList(0, height);
    }

    private static List<String> table(ResultSchema schema, List<Shown> rows, int width, long nanoTime) {
        List<List<String>> texts = new ArrayList<>();
        texts.add(schema.columns().stream().map(column -> column.name()).toList());
        rows.forEach(row -> texts.add(row.cells));
        int[] widths = ResultTable.widths(texts);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            StyledLine line = new StyledLine(width);
            for (int column = 0; column < widths.length; column++) {
                boolean marked = i > 0 && rows.get(i - 1).markedUntil[column] > nanoTime;
                Style style = i == 0 ? Style.BOLD : marked ? Style.CHANGED : Style.PLAIN;
                boolean right = ResultTable.isNumber(schema.columns().get(column));
                line.append(column == 0 ? "" : "  ", Style.PLAIN)
                        .append(ResultTable.pad(texts.get(i).get(column), widths[column], right), style);
            }
            lines.add(line.padded(Style.PLAIN));
        }
        return lines;
    }

    /** Finds what differs from the last time, row by row of the same key; all that is there the first time is not new. */
    private List<Shown> mark(Result result, long nanoTime) {
        Map<List<@Nullable Object>, Shown> next = new HashMap<>();
        List<Shown> rows = new ArrayList<>();
        for (ResultRow row : result.rows()) {
            List<@Nullable Object> key = key(row);
            List<String> cells = ResultTable.cells(row);
            Shown before = shown.get(key);
            long[] markedUntil = before == null ? new long[cells.size()] : before.markedUntil.clone();
            for (int i = 0; i < markedUntil.length; i++) {
                if (before == null ? !first : !before.cells.get(i).equals(cells.get(i))) {
                    markedUntil[i] = nanoTime + MARKED_NANOS;
                } else if (before == null) {
                    markedUntil[i] = nanoTime;
                }
            }
            Shown now = new Shown(cells, markedUntil);
            next.put(key, now);
            rows.add(now);
        }
        shown = next;
        first = false;
        return rows;
    }

    private static List<@Nullable Object> key(ResultRow row) {
        List<@Nullable Object> key = new ArrayList<>();
        List<Integer> columns = row.schema().key().orElse(List.of());
        for (int i = 0; i < row.schema().columns().size(); i++) {
            if (columns.isEmpty() || columns.contains(i)) {
                key.add(row.get(i));
            }
        }
        return key;
    }

    /** The query's order; without one, by the first column: the newest numbers first, names from A to Z. */
    private List<Shown> order(List<ResultRow> rows, List<Shown> cells) {
        if (ordered) {
            return cells;
        }
        Comparator<Integer> byFirst =
                Comparator.comparing(i -> switch (rows.get(i).get(0)) {
                    case Number number -> -number.doubleValue();
                    case null, default -> 0.0;
                });
        return IntStream.range(0, rows.size())
                .boxed()
                .sorted(byFirst.thenComparing(i -> String.valueOf(rows.get(i).get(0))))
                .map(cells::get)
                .toList();
    }
}
