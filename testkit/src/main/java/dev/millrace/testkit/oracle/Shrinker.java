package dev.millrace.testkit.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes a difference small: drops parts of the query, then transactions, statements and rows, as long as Postgres and Millrace still differ in
 * the same way. Candidates of the query are tried many at a time, as queries of one trial.
 */
final class Shrinker {
    private static final int TOGETHER = 24;

    private final Trial trial;
    private final long end;

    /** @param patience after which what is smallest so far is taken */
    Shrinker(Trial trial, Duration patience) {
        this.trial = trial;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** A world with one query that still differs. */
    record Shrunk(World world, Difference difference) {}

    /** The least that still differs; nothing if the query alone is right. */
    Optional<Shrunk> shrink(World world, Difference difference) {
        Case plain = difference.query();
        Optional<Shrunk> alone =
                attempt(world.with(upTo(world.history(), difference.transaction()), List.of(plain)), difference);
        return alone.map(this::shrinkQuery)
                .map(this::shrinkHistory)
                .map(this::shrinkQuery)
                .map(shrunk -> attempt(shrunk.world.withoutUnread(), difference).orElse(shrunk));
    }

    private static List<Transaction> upTo(List<Transaction> history, int last) {
        return history.subList(0, Math.min(history.size(), last + 1));
    }

    private Shrunk shrinkQuery(Shrunk start) {
        Shrunk least = start;
        Optional<Shrunk> better = Optional.of(start);
        while (better.isPresent() && !isOver()) {
            least = better.get();
            better = smallerQuery(least);
        }
        return least;
    }

    private Optional<Shrunk> smallerQuery(Shrunk shrunk) {
        Case current = shrunk.world.cases().getFirst();
        int length = current.sql().length();
        List<Case> candidates = current.query().sql().smaller().stream()
                .map(current::with)
                .filter(smaller -> smaller.sql().length() < length)
                .distinct()
                .sorted(Comparator.comparingInt(smaller -> smaller.sql().length()))
                .toList();
        for (int i = 0; i < candidates.size() && !isOver(); i += TOGETHER) {
            List<Case> some = candidates.subList(i, Math.min(candidates.size(), i + TOGETHER));
            World world = shrunk.world.with(shrunk.world.history(), some);
            Optional<Difference> found = trial.run(world).stream()
                    .flatMap(watched -> watched.difference().stream())
                    .filter(difference -> difference.signature().equals(shrunk.difference.signature()))
                    .findFirst();
            if (found.isPresent()) {
                Difference difference = found.get();
                List<Transaction> history = upTo(world.history(), difference.transaction());
                return Optional.of(new Shrunk(world.with(history, List.of(difference.query())), difference));
            }
        }
        return Optional.empty();
    }

    private Shrunk shrinkHistory(Shrunk start) {
        Shrunk least = start;
        for (int size = Math.max(1, start.world.history().size() / 2); size > 0; size /= 2) {
            for (int i = 0; i + size <= least.world.history().size() && !isOver(); ) {
                List<Transaction> fewer = new ArrayList<>(least.world.history());
                fewer.subList(i, i + size).clear();
                Optional<Shrunk> shrunk = attempt(withoutGap(least, fewer), start.difference);
                i += shrunk.isPresent() ? 0 : size;
                least = shrunk.orElse(least);
            }
        }
        boolean smaller = true;
        while (smaller && !isOver()) {
            Optional<Shrunk> shrunk = smallerTransaction(least);
            smaller = shrunk.isPresent();
            least = shrunk.orElse(least);
        }
        return least;
    }

    /** The query is made live before the first transaction if it still differs then. */
    private static World withoutGap(Shrunk shrunk, List<Transaction> history) {
        Case current = shrunk.world.cases().getFirst();
        int from = Math.min(current.from(), Math.max(0, history.size() - 1));
        return shrunk.world.with(
                history,
                List.of(new Case(
                        current.query(),
                        current.features(),
                        from,
                        current.again(),
                        current.twice(),
                        current.arguments())));
    }

    private Optional<Shrunk> smallerTransaction(Shrunk shrunk) {
        List<Transaction> history = shrunk.world.history();
        for (int i = 0; i < history.size(); i++) {
            Transaction transaction = history.get(i);
            Sql statements = new Sql.Series("; ", 0, transaction.statements());
            for (Sql fewer : statements.smaller()) {
                if (isOver()) {
                    return Optional.empty();
                }
                List<Transaction> changed = new ArrayList<>(history);
                changed.set(i, new Transaction(((Sql.Series) fewer).items(), transaction.commit()));
                Optional<Shrunk> attempt = attempt(shrunk.world.with(changed, shrunk.world.cases()), shrunk.difference);
                if (attempt.isPresent()) {
                    return attempt;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Shrunk> attempt(World world, Difference known) {
        return trial.run(world)
                .getFirst()
                .difference()
                .filter(difference -> difference.signature().equals(known.signature()))
                .map(difference -> new Shrunk(
                        world.with(upTo(world.history(), difference.transaction()), world.cases()), difference));
    }

    private boolean isOver() {
        return System.nanoTime() > end;
    }
}
