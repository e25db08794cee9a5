package dev.millrace.cli;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Message;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a query's result and, as they are committed, its changes. */
@Command(
        name = "live",
        description = {
            "Prints the result of a query over a Postgres database, then each change of it as it is committed.",
            "Uses a temporary replication slot: the server is left as it was found."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  millrace live --url jdbc:postgresql://localhost/shop \"SELECT status, COUNT(*) FROM orders GROUP BY status\""
        })
final class LiveCommand implements Callable<Integer> {
    static final Duration FOREVER = Duration.ofDays(36_500);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "One JSON object a line instead of text.")
    private boolean json;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop after this long. Default: on Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(names = "--table", description = "Show the result as a table that moves. Needs a terminal.")
    private boolean table;

    @Parameters(paramLabel = "SELECT", description = "The query.")
    private String sql = "";

    @Override
    public Integer call() {
        if (seconds != null && seconds < 0) {
            throw new ParameterException(spec.commandLine(), "--seconds should not be negative");
        }
        if (json && table) {
            throw new ParameterException(spec.commandLine(), "--json and --table exclude each other");
        }
        requireTerminal(table, spec);
        String source;
        try {
            source = server.createSource("upstream", System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        MessagePrinter printer = json ? new JsonPrinter(out) : new TextPrinter(out);
        try (StopSignal stop = new StopSignal()) {
            if (table) {
                show(source, out, stop);
            } else {
                follow(source, new PrintingSubscriber(printer, out, stop), stop);
            }
        } catch (MillraceException e) {
            // Who reads JSON learns of the end there too, whether the query began or not.
            printer.print(new Message.Failed(e));
            throw e;
        }
        return 0;
    }

    /** Refuses to show a table that moves where there is no screen for it. */
    static void requireTerminal(boolean table, CommandSpec spec) {
        if (table && !Terminal.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--table needs a terminal to show the table on");
        }
    }

    private Duration duration() {
        return seconds == null ? FOREVER : Duration.ofSeconds(seconds);
    }

    private void show(String source, PrintWriter out, StopSignal stop) {
        try (Millrace millrace = Millrace.inMemory()) {
            millrace.execute(source);
            try (LiveQuery query = millrace.live(sql)) {
                LiveScreen.show(query, sql, out, stop, duration());
            }
        }
    }

    private void follow(String source, PrintingSubscriber subscriber, StopSignal stop) {
        try (Millrace millrace = Millrace.inMemory()) {
            millrace.execute(source);
            try (LiveQuery query = millrace.live(sql);
                    Subscription _ = query.subscribe(subscriber)) {
                stop.await(duration());
            }
        }
        subscriber.throwFailure();
    }
}
