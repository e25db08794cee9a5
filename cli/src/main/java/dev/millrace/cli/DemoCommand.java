package dev.millrace.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows live queries over a busy Postgres of its own. */
@Command(
        name = "demo",
        description = {
            "Starts a Postgres of its own with a small, busy shop in it and shows five live queries over it:",
            "a filter, a join, a grouped join of three tables, a top-8 and an anti-join. Nothing is left behind."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop after this long. Default: on q or Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(
            names = "--rate",
            paramLabel = "TPS",
            defaultValue = "100",
            description = "Transactions a second that the shop tries to do. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--plain",
            description = "A line a second instead of a screen; so it is where there is no terminal.")
    private boolean plain;

    @Option(
            names = "--check",
            description =
                    "At random moments and at the end, compare each live result with Postgres's own at the same LSN.")
    private boolean check;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the shop's random business. Default: another each time.")
    private @Nullable Long seed;

    @Override
    public Integer call() {
        if (seconds != null && seconds <= 0) {
            throw new ParameterException(spec.commandLine(), "--seconds should be at least 1");
        }
        if (!(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate should be above 0");
        }
        var settings = new Demo.Settings(
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                rate,
                plain || !Terminal.isPresent(),
                check,
                seed == null ? new Random().nextInt(1_000_000) : seed);
        return Demo.run(settings, spec.commandLine().getOut()) ? 0 : 1;
    }
}
