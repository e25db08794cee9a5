package dev.millrace.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The demonstration as a line a second: the rates and how many rows each view has. */
final class DemoLog implements DemoDisplay {
    private final PrintWriter out;
    private final List<DemoView> views;
    private int seconds;

    DemoLog(PrintWriter out, List<DemoView> views) {
        this.out = out;
        this.views = views;
    }

    @Override
    public void second(DemoMeter.Reading reading) {
        seconds++;
        StringJoiner sizes = new StringJoiner(" ", "  rows ", "");
        views.forEach(view -> sizes.add(String.valueOf(view.current().rows().size())));
        out.println(String.format(Locale.ROOT, "%4d s  ", seconds) + reading + sizes);
        out.flush();
    }

    @Override
    public void frame() {}

    @Override
    public void close() {}
}
