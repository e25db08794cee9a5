package dev.millrace.live;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.ResultRow;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.ResultComparison;
import dev.millrace.testkit.SnapshotOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** What was told of each query. */
    List<LiveHistory> histories() {
        return histories;
    }

    /** Compares each result with Postgres's at the LSN of a snapshot taken now, while others write. */
    void compare(SnapshotOracle oracle) {
        SnapshotOracle.Snapshot expected =
                oracle.snapshot(queries.stream().map(LiveQuery::sql).toList());
        for (int i = 0; i < queries.size(); i++) {
            LiveHistory history = histories.get(i);
            history.awaitPast(expected.position(), PATIENCE);
            try {
                assertSame(expected.results().get(i), history.at(expected.position()));
            } catch (AssertionError e) {
                throw new AssertionError(
                        "at " + expected.position() + " " + queries.get(i).sql() + ": " + e.getMessage() + "\n"
                                + later(oracle, i),
                        e);
            }
            history.forgetBefore(expected.position());
        }
    }

    /** Whether a difference stays, for whoever looks for its cause. */
    private String later(SnapshotOracle oracle, int query) {
        SnapshotOracle.Snapshot next =
                oracle.snapshot(List.of(queries.get(query).sql()));
        histories.get(query).awaitPast(next.position(), PATIENCE);
        List<@Nullable Object[]> actual =
                ResultComparison.values(histories.get(query).at(next.position()));
        return "and at " + next.position() + ": "
                + ResultComparison.UNORDERED
                        .difference(next.results().getFirst(), actual)
                        .orElse("the same");
    }

    static void assertSame(List<@Nullable Object[]> expected, List<ResultRow> actual) {
        ResultComparison.UNORDERED
                .difference(expected, ResultComparison.values(actual))
                .ifPresent(difference -> {
                    throw new AssertionError(difference);
                });
    }

    @Override
    public void close() {
        queries.forEach(LiveQuery::close);
        histories.forEach(LiveHistory::close);
    }
}
