package dev.millrace.bench.follow;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultRow;
import dev.millrace.message.Subscriber;
import dev.millrace.testkit.PostgresServer;

/** A live query over the table, through the public API, that counts and sums the rows of each station. */
final class MillraceFollower implements Follower, Subscriber {
    private static final String QUERY = "SELECT station, count(*) AS readings, sum(value) AS total FROM "
            + ReadingsTable.NAME + " GROUP BY station";

    private final Millrace millrace;
    private final LiveQuery query;
    private final Arrivals arrivals = new Arrivals();

    private MillraceFollower(Millrace millrace, LiveQuery query) {
        this.millrace = millrace;
        this.query = query;
    }

    /** Starts to follow the table of this server, which must be empty. */
    static MillraceFollower open(PostgresServer server) {
        Millrace millrace = Millrace.inMemory();
        try {
            millrace.execute("CREATE SOURCE bench FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                    .formatted(server.jdbcUrl(), server.user(), server.password()));
            LiveQuery query = millrace.live(QUERY);
            MillraceFollower follower = new MillraceFollower(millrace, query);
            query.subscribe(follower);
            return follower;
        } catch (RuntimeException | Error e) {
            millrace.close();
            throw e;
        }
    }

    @Override
    public void changes(Message.Changes changes) {
        long more = 0;
        for (Change change : changes.changes()) {
            more += switch (change) {
                case Change.Insert insert -> readings(insert.row());
                case Change.Update update -> readings(update.newRow()) - readings(update.oldRow());
                case Change.Delete delete -> -readings(delete.row());
            };
        }
        arrivals.add(more);
    }

    /** How many rows of the table a row of the result stands for. */
    private static long readings(ResultRow row) {
        return switch (row.get("readings")) {
            case Long count -> count;
            case null, default -> throw new IllegalStateException("a count is a bigint, unlike in " + row);
        };
    }

    @Override
    public void noResult(Message.NoResult noResult) {
        arrivals.fail(noResult.error());
    }

    @Override
    public void failed(Message.Failed failed) {
        arrivals.fail(failed.error());
    }

    @Override
    public long awaitRows(long rows) throws InterruptedException {
        return arrivals.await(rows);
    }

    @Override
    public void close() {
        query.close();
        millrace.close();
    }
}
