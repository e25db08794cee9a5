package dev.millrace.cli;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.oracle.Feature;
import dev.millrace.testkit.oracle.Oracle;
import dev.millrace.testkit.oracle.Tally;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds random live queries against Postgres. */
@Command(
        name = "oracle",
        description = {
            "Makes random queries live over random tables of a Postgres of its own, commits random transactions and compares every",
            "result with Postgres's own after each. What differs is shrunk and printed, with what is needed to see it again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no difference", "1:a difference was found, or the run failed", "2:wrong usage"})
final class OracleCommand implements Callable<Integer> {
    private static final Duration FOREVER = Duration.ofDays(36_500);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random choices. Default: another each time.")
    private @Nullable Long seed;

    @Option(
            names = "--cases",
            paramLabel = "K",
            defaultValue = "500",
            description = "How many queries to compare, each over 14 transactions. Default: ${DEFAULT-VALUE}.")
    private int cases;

    @Option(names = "--seconds", paramLabel = "S", description = "Stop after this long at the latest.")
    private @Nullable Integer seconds;

    @Option(
            names = "--workers",
            paramLabel = "W",
            description = "Threads, each with a database and a Millrace of its own. Default: one for each processor.")
    private @Nullable Integer workers;

    @Option(names = "--only", description = "Queries about the features named after it alone.")
    private boolean only;

    @Parameters(paramLabel = "FEATURE", arity = "0..*", description = "With --only: join, window, left-join …")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        if (cases <= 0) {
            throw new ParameterException(spec.commandLine(), "--cases should be at least 1");
        }
        if (only == names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--only is to be followed by features: " + all());
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        var settings = new Oracle.Settings(
                seed == null ? new Random().nextInt(1_000_000) : seed,
                cases,
                seconds == null ? FOREVER : Duration.ofSeconds(seconds),
                features(),
                workers == null ? Runtime.getRuntime().availableProcessors() : workers);
        out.println("seed " + settings.seed());
        out.flush();
        long start = System.nanoTime();
        Tally tally;
        try (PostgresServer server = PostgresServer.start()) {
            tally = Oracle.run(server, settings, new Oracle.Listener() {
                @Override
                public void progressed(Tally so) {
                    double elapsed = (System.nanoTime() - start) / 1e9;
                    err.println("%4.0f s  %s, %.1f cases/s".formatted(elapsed, so.progress(), so.cases() / elapsed));
                    err.flush();
                }

                @Override
                public void found(String difference) {
                    out.println("\nDIFFERENCE " + difference);
                    out.flush();
                }
            });
        }
        out.println(tally.summary());
        out.flush();
        return tally.differences().isEmpty() ? 0 : 1;
    }

    /** Those whose names are given or, as {@code join} in {@code left-join}, contained. */
    private Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (String name : names) {
            List<Feature> exact = matching(name, false);
            List<Feature> found = exact.isEmpty() ? matching(name, true) : exact;
            if (found.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "there is no feature '" + name + "'; there are " + all());
            }
            features.addAll(found);
        }
        return features;
    }

    private static List<Feature> matching(String name, boolean partly) {
        return Arrays.stream(Feature.values())
                .filter(feature -> partly
                        ? feature.toString().contains(name)
                        : feature.toString().equals(name))
                .toList();
    }

    private static String all() {
        return Arrays.stream(Feature.values()).map(Feature::toString).collect(Collectors.joining(", "));
    }
}
