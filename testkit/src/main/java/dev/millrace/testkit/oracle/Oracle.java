package dev.millrace.testkit.oracle;

import dev.millrace.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs worlds of successive seeds until enough queries were compared. */
public final class Oracle {
    private static final int QUERIES = 40;
    private static final int TRANSACTIONS = 14;
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    private Oracle() {}

    /**
     * What to run.
     *
     * @param cases how many queries to compare, at least
     * @param duration when to stop at the latest
     * @param only features that all queries are to be about; empty for all
     * @param workers worlds at a time, each in a database of its own
     */
    public record Settings(long seed, int cases, Duration duration, Set<Feature> only, int workers) {
        public Settings {
            only = Set.copyOf(only);
        }
    }

    /** Told what happens, by one thread at a time. */
    public interface Listener {
        /** A world has ended. */
        void progressed(Tally tally);

        /** A query was not what Postgres says. */
        void found(String difference);

        /** Nobody who listens. */
        Listener NONE = new Listener() {
            @Override
            public void progressed(Tally tally) {}

            @Override
            public void found(String difference) {}
        };
    }

    /** Runs on this server, in databases of its own. */
    public static Tally run(PostgresServer server, Settings settings, Listener listener) {
        Tally tally = new Tally();
        AtomicLong seeds = new AtomicLong(settings.seed);
        long end = System.nanoTime() + settings.duration.toNanos();
        try (ExecutorService workers = Executors.newFixedThreadPool(settings.workers)) {
            List<Future<Void>> running = IntStream.range(0, settings.workers)
                    .mapToObj(i -> workers.submit((Callable<Void>) () -> {
                        try (Trial trial =
                                Trial.in(server, "oracle_" + Math.floorMod(settings.seed, 1_000_000_000L) + "_" + i)) {
                            while (tally.cases() < settings.cases && System.nanoTime() < end) {
                                World world = World.of(seeds.getAndIncrement(), QUERIES, TRANSACTIONS, settings.only);
                                world(world, trial, tally, listener);
                            }
                        }
                        return null;
                    }))
                    .toList();
            running.forEach(Oracle::join);
        }
        return tally;
    }

    private static void world(World world, Trial trial, Tally tally, Listener listener) {
        List<WatchedCase> cases = trial.run(world);
        List<String> found = new ArrayList<>();
        Set<String> failures = new HashSet<>();
        for (WatchedCase watched : cases) {
            watched.difference().ifPresent(difference -> {
                // What fails the source fails all queries, and what is not accepted is often so for one reason.
                boolean known = switch (difference.kind()) {
                    case RESULT, ERROR -> false;
                    case PROTOCOL -> !failures.add(difference.text());
                    case INSTALLATION -> !tally.isNew(difference.signature());
                };
                found.add(
                        known
                                ? "seed " + world.seed() + ", again: " + Tally.reason(difference.text())
                                : report(world, difference, trial));
            });
        }
        synchronized (listener) {
            tally.add(cases, found);
            found.forEach(listener::found);
            listener.progressed(tally);
        }
    }

    private static String report(World world, Difference difference, Trial trial) {
        Optional<Shrinker.Shrunk> shrunk = new Shrinker(trial, SHRINKING).shrink(world, difference);
        String found = "seed " + world.seed() + ", after transaction " + difference.transaction() + ", at "
                + difference.position() + ":\n" + text(difference.query()) + ";\n" + difference.text() + "\n\n";
        return found
                + shrunk.map(least -> "the least that differs:\n\n"
                                + least.world().definition() + "\n"
                                + script(least.world()) + "-- first differs at "
                                + least.difference().position() + "; expected is Postgres's, got is Millrace's\n"
                                + text(least.world().cases().getFirst()) + ";\n"
                                + least.difference().text() + "\n")
                        .orElse("alone the query is right: it differs only together with the others of this seed\n");
    }

    private static String text(Case query) {
        return query.given().length == 0 ? query.sql() : query.sql() + " -- " + List.of(query.given());
    }

    private static String script(World world) {
        Case only = world.cases().getFirst();
        return IntStream.range(0, world.history().size())
                .mapToObj(i -> (i == only.from() ? "-- the query is made live\n" : "")
                        + (i == only.again() ? "-- the query is closed and made live anew\n" : "")
                        + world.history().get(i))
                .collect(Collectors.joining());
    }

    private static void join(Future<Void> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
