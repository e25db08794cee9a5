package dev.millrace.live;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.ResultComparison;
import dev.millrace.testkit.SnapshotOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queries that are watched, and compared with Postgres's own answers at one LSN. */
final class Watched implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<LiveQuery> queries = new ArrayList<>();
    private final List<LiveHistory> histories = new ArrayList<>();

    static String createSource(PostgresServer server) {
        return "CREATE SOURCE pg FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                .formatted(server.jdbcUrl(), server.user(), server.password());
    }

    Watched(Millrace db, List<String> sqls) {
        sqls.forEach(sql -> add(db, sql));
    }

    LiveHistory add(Millrace db, String sql) {
        LiveQuery query = db.live(sql);
        LiveHistory history = new LiveHistory();
        query.subscribe(history);
        queries.add(query);
        histories.add(history);
        return history;
    }

    /** Compares each result with Postgres's at the LSN of a snapshot taken now, while others write. */
    void compare(SnapshotOracle oracle) {
        SnapshotOracle.Snapshot expected =
                oracle.snapshot(queries.stream().map(LiveQuery::sql).toList());
        for (int i = 0; i < queries.size(); i++) {
            LiveHistory history = histories.get(i);
            history.awaitPast(expected.position(), PATIENCE);
            List<@Nullable Object[]> actual = ResultComparison.values(history.at(expected.position()));
            Optional<String> difference = ResultComparison.UNORDERED.difference(expected.results().get(i), actual);
            if (difference.isPresent()) {
                throw new AssertionError(
                        "at " + expected.position() + " " + queries.get(i).sql() + ": " + difference.get());
            }
            history.forgetBefore(expected.position());
        }
    }

    @Override
    public void close() {
        queries.forEach(LiveQuery::close);
        histories.forEach(LiveHistory::close);
    }
}
