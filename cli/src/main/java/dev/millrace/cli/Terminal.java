package dev.millrace.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal as a screen: the alternate one, without a cursor, keys read at once. As it was before when closed. Frames are written
 * by one thread.
 */
final class Terminal implements AutoCloseable {
    /** In characters. */
    record Size(int columns, int lines) {}

    private static final Size FALLBACK = new Size(80, 24);
    private static final int CTRL_C = 3;

    private final PrintWriter out;
    private final Optional<String> settings;

    /** @param stop requested by the keys {@code q} and Ctrl-C, which as a key ends the screen before the process */
    Terminal(PrintWriter out, StopSignal stop) {
        this.out = out;
        this.settings = stty("-g");
        if (settings.isPresent()) {
            stty("-icanon", "-echo", "-isig", "min", "1");
            Thread.ofPlatform().daemon().name("keys").start(() -> readKeys(stop));
        }
        out.print("\033[?1049h\033[?25l\033[2J");
        out.flush();
    }

    /** Whether both ends of the conversation are a terminal. */
    static boolean isPresent() {
        return System.console() instanceof Console console && console.isTerminal();
    }

    Size size() {
        Optional<Size> asked = stty("size").flatMap(text -> {
            String[] parts = text.split(" ", -1);
            return parts.length == 2 ? parse(parts[1], parts[0]) : Optional.empty();
        });
        return asked.or(() -> parse(System.getenv("COLUMNS"), System.getenv("LINES")))
                .orElse(FALLBACK);
    }

    /** Replaces what is shown. */
    void show(List<String> lines) {
        StringBuilder frame = new StringBuilder("\033[H");
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append("\033[K");
        }
        out.print(frame.append("\033[J"));
        out.flush();
    }

    @Override
    public void close() {
        out.print("\033[?25h\033[?1049l");
        out.flush();
        settings.ifPresent(Terminal::stty);
    }

    private static void readKeys(StopSignal stop) {
        try {
            int key;
            do {
                key = System.in.read();
            } while (key >= 0 && key != 'q' && key != 'Q' && key != CTRL_C);
            stop.request();
        } catch (IOException e) {
            throw new UncheckedIOException("the keyboard cannot be read", e);
        }
    }

    private static Optional<Size> parse(@Nullable String columns, @Nullable String lines) {
        try {
            Size size = new Size(Integer.parseInt(String.valueOf(columns)), Integer.parseInt(String.valueOf(lines)));
            return size.columns > 0 && size.lines > 0 ? Optional.of(size) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What {@code stty} prints; empty where there is no such program or it fails. */
    private static Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text;
            try (InputStream output = process.getInputStream()) {
                text = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip();
            }
            boolean done = process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            return done ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
