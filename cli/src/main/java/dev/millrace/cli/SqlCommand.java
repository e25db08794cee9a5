package dev.millrace.cli;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.Session;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.sql.parser.StatementParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Carries out statements and prints what they give. */
@Command(
        name = "sql",
        description = {
            "Carries out SQL statements, separated by semicolons, in a new database in memory: of a file, of -c, or of standard input.",
            "SUBSCRIBE TO query prints its result and then each change. A statement of a file or of -c that fails ends the command."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  millrace sql -c \"CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2); SELECT count(*) FROM t\""
        })
final class SqlCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = "-c", paramLabel = "SQL", description = "The statements.")
    private @Nullable String text;

    @Option(names = "--seconds", paramLabel = "N", description = "How long SUBSCRIBE runs. Default: until Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(names = "--table", description = "Show the result as a table that moves. Needs a terminal.")
    private boolean table;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A file of statements.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        LiveCommand.requireTerminal(table, spec);
        try (Millrace db = Millrace.inMemory();
                Session session = db.session()) {
            if (text != null) {
                run(session, text, out);
            } else if (file != null) {
                run(session, Files.readString(file), out);
            } else {
                return interactive(session, out);
            }
        }
        return 0;
    }

    /** A statement is carried out when a line ends with a semicolon; one that fails is not the last. */
    private int interactive(Session session, PrintWriter out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder statement = new StringBuilder();
        boolean failed = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            statement.append(line).append('\n');
            if (line.strip().endsWith(";")) {
                failed |= !attempt(session, statement.toString(), out);
                statement.setLength(0);
            }
        }
        failed |= !attempt(session, statement.toString(), out);
        return failed ? 1 : 0;
    }

    private boolean attempt(Session session, String statements, PrintWriter out) {
        try {
            run(session, statements, out);
            return true;
        } catch (MillraceException e) {
            out.flush();
            PrintWriter err = spec.commandLine().getErr();
            err.println("error " + e.getMessage());
            err.flush();
            return false;
        }
    }

    private void run(Session session, String script, PrintWriter out) {
        for (String statement : StatementParser.split(script)) {
            Optional<String> subscribed = StatementParser.subscribed(statement);
            if (subscribed.isPresent()) {
                follow(session, subscribed.get(), out);
            } else {
                print(session.execute(statement), out);
            }
            out.flush();
        }
    }

    private static void print(Outcome outcome, PrintWriter out) {
        if (outcome.rows().isPresent()) {
            Result result = outcome.rows().get();
            ResultTable.lines(result.schema(), result.rows()).forEach(out::println);
            int count = result.rows().size();
            out.println("(" + count + (count == 1 ? " row)" : " rows)"));
        } else {
            boolean counts = outcome.count() > 0
                    || outcome.command().equals("INSERT")
                    || outcome.command().equals("UPDATE")
                    || outcome.command().equals("DELETE");
            out.println(counts ? outcome.command() + " " + outcome.count() : outcome.command());
        }
    }

    private void follow(Session session, String query, PrintWriter out) {
        Duration duration = seconds == null ? LiveCommand.FOREVER : Duration.ofSeconds(seconds);
        try (StopSignal stop = new StopSignal()) {
            if (table) {
                try (LiveQuery live = session.live(query)) {
                    LiveScreen.show(live, query, out, stop, duration);
                }
                return;
            }
            PrintingSubscriber subscriber = new PrintingSubscriber(new TextPrinter(out), out, stop);
            try (LiveQuery live = session.live(query);
                    Subscription _ = live.subscribe(subscriber)) {
                stop.await(duration);
            }
            subscriber.throwFailure();
        }
    }
}
