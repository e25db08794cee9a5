package dev.millrace.cli;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.slt.SltMode;
import dev.millrace.testkit.slt.SltRun;
import dev.millrace.testkit.slt.SltScript;
import dev.millrace.testkit.slt.SltTally;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scripts of sqllogictest over live queries. */
@Command(
        name = "slt",
        description = {
            "Runs scripts of sqllogictest: their statements in a Postgres of its own, their queries as live queries over it,",
            "and compares the results with what the scripts expect. Where Postgres itself gives another result, with that."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no difference", "1:a result differed, or the run failed", "2:wrong usage"})
final class SltCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "When the data come: view-first (into the running query), data-first (before it), churn (into the running query, half are deleted and come again). Default: all three, one after the other.")
    private String mode = "";

    @Option(
            names = "--share",
            paramLabel = "X",
            defaultValue = "1",
            description = "Which share of the queries to run, chosen at random: above 0, at most 1. Default: all.")
    private double share;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of that choice. Default: 1.")
    private long seed;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "A script on the class path (select1), the beginning of the names of several (index/view/), a file, or all.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws SQLException {
        if (!(share > 0 && share <= 1)) {
            throw new ParameterException(spec.commandLine(), "--share should be above 0 and at most 1");
        }
        List<SltMode> modes = modes();
        List<String> scripts =
                names.stream().flatMap(name -> scripts(name).stream()).toList();
        int failures = 0;
        try (PostgresServer server = PostgresServer.start()) {
            for (SltMode one : modes) {
                failures += run(server, one, scripts);
            }
        }
        return failures == 0 ? 0 : 1;
    }

    private int run(PostgresServer server, SltMode one, List<String> scripts) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SltTally tally = new SltTally();
        long start = System.nanoTime();
        int shown = 0;
        try (SltRun run = SltRun.open(server, one, tally)) {
            for (String name : scripts) {
                run.run(script(name), share, seed);
                for (; shown < tally.failures().size(); shown++) {
                    out.println("\nDIFFERENCE " + tally.failures().get(shown));
                    out.flush();
                }
                err.println("%5.0f s  %s, %s: %s"
                        .formatted((System.nanoTime() - start) / 1e9, one, name, tally.progress()));
                err.flush();
            }
        }
        out.println(one + ": " + tally.summary());
        out.flush();
        return tally.failures().size();
    }

    private List<SltMode> modes() {
        return mode.isEmpty()
                ? List.of(SltMode.values())
                : List.of(SltMode.named(mode)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "there is no mode '" + mode + "'; there are "
                                        + Arrays.stream(SltMode.values())
                                                .map(SltMode::toString)
                                                .collect(Collectors.joining(", ")))));
    }

    private List<String> scripts(String name) {
        if (Files.isRegularFile(Path.of(name))) {
            return List.of(name);
        }
        List<String> found = SltScript.names().stream()
                .filter(script ->
                        name.equals(ALL) || script.equals(name) || (name.endsWith("/") && script.startsWith(name)))
                .toList();
        if (found.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no script '" + name + "', and no file of that name");
        }
        return found;
    }

    private static SltScript script(String name) {
        return Files.isRegularFile(Path.of(name)) ? SltScript.of(Path.of(name)) : SltScript.named(name);
    }
}
