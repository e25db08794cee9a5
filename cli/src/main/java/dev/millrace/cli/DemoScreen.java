package dev.millrace.cli;

import dev.millrace.cli.StyledLine.Style;
import java.util.ArrayList;
import java.util.List;

/** Lays the panels out over the terminal: side by side where it is wide, one below the other where it is not; the status line last. */
final class DemoScreen implements DemoDisplay {
    private static final int COLUMN_WIDTH = 70;
    private static final int GAP = 3;

    private final Terminal terminal;
    private final List<LivePanel> panels;
    private Terminal.Size size;
    private String status = "starting";

    DemoScreen(Terminal terminal, List<DemoView> views) {
        this.terminal = terminal;
        this.panels = views.stream()
                .map(view -> new LivePanel(view.query().title(), view.query().isOrdered(), view::current))
                .toList();
        this.size = terminal.size();
    }

    @Override
    public void second(DemoMeter.Reading reading) {
        size = terminal.size();
        status = reading.toString();
    }

    @Override
    public void frame() {
        terminal.show(lines(System.nanoTime()));
    }

    @Override
    public void close() {
        terminal.close();
    }

    private List<String> lines(long nanoTime) {
        int across = Math.clamp((size.columns() + GAP) / (COLUMN_WIDTH + GAP), 1, panels.size());
        int down = (panels.size() + across - 1) / across;
        int width = (size.columns() - GAP * (across - 1)) / across;
        int height = Math.max(1, (size.lines() - 1) / down);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < panels.size(); i += across) {
            List<List<String>> beside = new ArrayList<>();
            for (LivePanel panel : panels.subList(i, Math.min(i + across, panels.size()))) {
                beside.add(panel.lines(width, height, nanoTime));
            }
            for (int line = 0; line < height; line++) {
                int number = line;
                lines.add(String.join(
                        " ".repeat(GAP),
                        beside.stream().map(panel -> panel.get(number)).toList()));
            }
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, Math.min(lines.size(), Math.max(0, size.lines() - 1))));
        fitting.add(new StyledLine(size.columns())
                .append(" " + status + "  q quits", Style.STATUS)
                .padded(Style.STATUS));
        return fitting;
    }
}
