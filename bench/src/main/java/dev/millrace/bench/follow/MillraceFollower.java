package dev.millrace.bench.follow;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultRow;
import dev.millrace.message.Subscriber;
import dev.millrace.testkit.PostgresServer;

/** A live query over the table, through the public API, that counts and sums the rows of each station. */
final class MillraceFollower implements Follower {
    private static final String QUERY = "SELECT station, count(*) AS readings, sum(value) AS total FROM "
            + ReadingsTable.NAME + " GROUP BY station";

    private final Millrace millrace;
    private final Arrivals arrivals = new Arrivals();

    private MillraceFollower(Millrace millrace) {
        this.millrace = millrace;
    }

    /** Starts to follow the table of this server, which must be empty. */
    static MillraceFollower open(PostgresServer server) {
        MillraceFollower follower = new MillraceFollower(Millrace.inMemory());
        try {
            follower.start(server);
            return follower;
        } catch (RuntimeException | Error e) {
            follower.close();
            throw e;
        }
    }

    private void start(PostgresServer server) {
        millrace.execute("CREATE SOURCE bench FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                .formatted(server.jdbcUrl(), server.user(), server.password()));
        LiveQuery query = millrace.live(QUERY);
        query.subscribe(new Subscriber() {
            @Override
            public void changes(Message.Changes changes) {
                arrivals.add(changes.changes().stream()
                        .mapToLong(MillraceFollower::rowsIn)
                        .sum());
            }

            @Override
            public void failed(Message.Failed failed) {
                arrivals.fail(failed.error());
            }
        });
    }

    /** How many more rows of the table a change of the result stands for. */
    private static long rowsIn(Change change) {
        return switch (change) {
            case Change.Insert insert -> readings(insert.row());
            case Change.Update update -> readings(update.newRow()) - readings(update.oldRow());
            case Change.Delete delete -> -readings(delete.row());
        };
    }

    private static long readings(ResultRow row) {
        return switch (row.get("readings")) {
            case Long count -> count;
            case null, default -> throw new IllegalStateException("a count is a bigint, not in " + row);
        };
    }

    @Override
    public long awaitRows(long rows) throws InterruptedException {
        return arrivals.await(rows);
    }

    @Override
    public void close() {
        millrace.close();
    }
}
