package dev.millrace.cli;

import dev.millrace.LiveQuery;
import dev.millrace.cli.StyledLine.Style;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fills the terminal with one live result, a table that moves. */
final class LiveScreen {
    private static final Duration FRAME = Duration.ofMillis(100);

    private LiveScreen() {}

    /**
     * Shows a query until a stop is requested, or for this long.
     *
     * @throws MillraceException what ended the query, if something did; one without a result for now is shown as such
     */
    static void show(LiveQuery query, String title, PrintWriter out, StopSignal stop, Duration duration) {
        LivePanel panel = new LivePanel(title.strip().replaceAll("\\s+", " "), true, query::current);
        long frames = duration.dividedBy(FRAME);
        try (Terminal terminal = new Terminal(out, stop)) {
            Terminal.Size size = terminal.size();
            for (long frame = 0; frame <= frames && !stop.isRequested(); frame++) {
                size = frame % 10 == 0 ? terminal.size() : size;
                terminal.show(lines(panel, size));
                stop.await(FRAME);
            }
        }
    }

    private static List<String> lines(LivePanel panel, Terminal.Size size) {
        List<String> lines = new ArrayList<>();
        try {
            lines.addAll(panel.lines(size.columns(), Math.max(1, size.lines() - 1), System.nanoTime()));
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.DATA_ERROR) {
                throw e;
            }
            lines.add(new StyledLine(size.columns())
                    .append("no result: " + e.getMessage(), Style.BOLD)
                    .padded(Style.PLAIN));
        }
        lines.add(
                new StyledLine(size.columns()).append(" q quits", Style.STATUS).padded(Style.STATUS));
        return lines;
    }
}
