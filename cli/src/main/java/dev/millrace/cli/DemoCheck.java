package dev.millrace.cli;

import dev.millrace.connector.Position;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.ResultComparison;
import dev.millrace.testkit.SnapshotOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares each live result with what Postgres itself answers to the same query at the same LSN. Without {@code active} it only lets the
 * views forget what nobody will ask for. For use by one thread at a time.
 */
final class DemoCheck implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<DemoView> views;
    private final @Nullable SnapshotOracle oracle;
    private final List<String> differences = new ArrayList<>();
    private final boolean[] different;
    private long comparisons;

    DemoCheck(PostgresServer server, List<DemoView> views, boolean active) {
        this.views = views;
        this.oracle = active ? SnapshotOracle.open(server) : null;
        this.different = new boolean[views.size()];
    }

    /** Compares at a position that lies behind all that is committed now, while others write. */
    void compare() {
        compare(false);
    }

    /** Compares once more, when nobody writes: then what the queries give as their current result, in its order, too. */
    void compareAtEnd() {
        compare(true);
    }

    boolean isEqual() {
        return differences.isEmpty();
    }

    /** {@code check: 5 of 5 views equal, 35 comparisons}, and below it each difference. Empty if nothing is checked. */
    Optional<String> report() {
        if (oracle == null) {
            return Optional.empty();
        }
        long equal = IntStream.range(0, views.size())
                .filter(view -> !different[view])
                .count();
        StringBuilder report = new StringBuilder(
                "check: " + equal + " of " + views.size() + " views equal, " + comparisons + " comparisons");
        differences.forEach(difference -> report.append("\n").append(difference));
        return Optional.of(report.toString());
    }

    @Override
    public void close() {
        if (oracle != null) {
            oracle.close();
        }
    }

    private void compare(boolean atRest) {
        if (oracle == null) {
            views.forEach(view -> view.history().position().ifPresent(view::forgetBefore));
            return;
        }
        var snapshot =
                oracle.snapshot(views.stream().map(view -> view.query().sql()).toList());
        Position position = snapshot.position();
        for (int i = 0; i < views.size(); i++) {
            DemoView view = views.get(i);
            List<@Nullable Object[]> expected = snapshot.results().get(i);
            view.history().awaitPast(position, PATIENCE);
            var told = ResultComparison.values(view.history().at(position));
            note(i, position, "what was told", ResultComparison.UNORDERED.difference(expected, told));
            if (atRest) {
                var current = ResultComparison.values(view.current().rows());
                note(
                        i,
                        position,
                        "the current result",
                        view.query().comparison().difference(expected, current));
            }
            view.forgetBefore(position);
        }
    }

    private void note(int view, Position position, String what, Optional<String> difference) {
        comparisons++;
        difference.ifPresent(text -> {
            different[view] = true;
            differences.add(views.get(view).query().title() + ", " + what + " at " + position + ": " + text);
        });
    }
}
