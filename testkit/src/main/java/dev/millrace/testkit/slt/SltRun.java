package dev.millrace.testkit.slt;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.JdbcRows;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.ResultComparison;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts, one after the other, in a database of its own and with a Millrace of its own. Queries that follow one another without a statement between them are live
 * at the same time, a hundred at most. For use by one thread.
 */
public final class SltRun implements AutoCloseable {
    private static final int LIVE_QUERIES = 100;
    private static final Set<ErrorCode> REFUSALS = Set.of(
            ErrorCode.UNSUPPORTED_SQL,
            ErrorCode.UNSUPPORTED_TYPE,
            ErrorCode.UNKNOWN_FUNCTION,
            ErrorCode.UNKNOWN_TABLE,
            ErrorCode.SYNTAX_ERROR);

    /** What may change which tables there are. */
    private static final Pattern DEFINITION =
            Pattern.compile("\\s*(CREATE|ALTER|DROP)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern VIEW =
            Pattern.compile("\\s*(CREATE|DROP)\\s+VIEW\\s+(\\w+)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern REMOVAL =
            Pattern.compile("\\s*(ALTER|DROP)\\s+TABLE\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final SltMode mode;
    private final Connection connection;
    private final Millrace millrace;
    private final SltTables tables;
    private final SltTally tally;
    private final List<String> views = new ArrayList<>();
    private boolean defined;

    private SltRun(SltMode mode, Connection connection, Millrace millrace, SltTally tally) throws SQLException {
        this.mode = mode;
        this.connection = connection;
        this.millrace = millrace;
        this.tables = new SltTables(connection, millrace);
        this.tally = tally;
    }

    /** In a new database of this server, named for the mode. */
    public static SltRun open(PostgresServer server, SltMode mode, SltTally tally) throws SQLException {
        String database = "slt_" + mode.name().toLowerCase(Locale.ROOT);
        server.execute("CREATE DATABASE " + database);
        Connection connection = DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
        Millrace millrace = Millrace.inMemory();
        millrace.execute("CREATE SOURCE pg FROM POSTGRES (url = '%s', user = '%s', password = '%s', slot = 'temporary')"
                .formatted(server.jdbcUrl(database), server.user(), server.password()));
        return new SltRun(mode, connection, millrace, tally);
    }

    /**
     * Runs a script and then removes its tables.
     *
     * @param share how many of its queries are made live, of all: at most 1
     * @param seed of the choice of those
     */
    public void run(SltScript script, double share, long seed) throws SQLException {
        Random random = new Random(seed);
        List<SltRecord.Query> waiting = new ArrayList<>();
        for (SltRecord record : script.records()) {
            switch (record) {
                case SltRecord.Statement statement -> {
                    answer(script, waiting);
                    execute(statement);
                }
                case SltRecord.Query query -> {
                    if (random.nextDouble() < share) {
                        waiting.add(query);
                    }
                    if (waiting.size() == LIVE_QUERIES) {
                        answer(script, waiting);
                    }
                }
            }
        }
        answer(script, waiting);
        for (String view : views.reversed()) {
            millrace.execute("DROP VIEW " + view);
        }
        views.clear();
        tables.release();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    /** One that fails though it should not is no statement of Postgres; the results then tell what it would have changed. */
    private void execute(SltRecord.Statement statement) throws SQLException {
        if (REMOVAL.matcher(statement.sql()).matches()) {
            tables.release();
        }
        try {
            execute(statement.sql());
        } catch (SQLException e) {
            return;
        }
        Matcher view = VIEW.matcher(statement.sql());
        if (view.matches()) {
            refresh();
            view(view.group(1), view.group(2), statement.sql());
        } else {
            defined |= DEFINITION.matcher(statement.sql()).matches();
        }
    }

    /** A source's views are not followed, so Millrace has its own. If it refuses one, it does not know it when queries name it. */
    private void view(String what, String name, String sql) {
        try {
            millrace.execute(sql);
            if (what.equalsIgnoreCase("CREATE")) {
                views.add(name);
            } else {
                views.remove(name);
            }
        } catch (MillraceException e) {
            if (!REFUSALS.contains(e.code())) {
                tally.fail(sql + ";\n" + e.getMessage());
            }
        }
    }

    private void refresh() throws SQLException {
        if (defined) {
            tables.refresh();
            defined = false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void answer(SltScript script, List<SltRecord.Query> queries) throws SQLException {
        if (queries.isEmpty()) {
            return;
        }
        refresh();
        List<Asked> asked = new ArrayList<>();
        if (mode != SltMode.DATA_FIRST) {
            tables.clear();
        }
        tables.await();
        queries.forEach(query -> asked.add(new Asked(query)));
        switch (mode) {
            case DATA_FIRST -> {}
            case VIEW_FIRST -> {
                tables.restoreHalf();
                tables.restore();
            }
            case CHURN -> {
                tables.restore();
                tables.clearHalf();
                tables.restore();
            }
        }
        tables.await();
        for (Asked one : asked) {
            one.judge(script);
            one.close();
        }
        queries.clear();
    }

    /** A query that was made live, or the reason why not. */
    private final class Asked implements AutoCloseable {
        private final SltRecord.Query record;
        private @Nullable LiveQuery query;
        private @Nullable MillraceException error;

        Asked(SltRecord.Query record) {
            this.record = record;
            try {
                query = millrace.live(record.sql());
            } catch (MillraceException e) {
                error = e;
            }
        }

        void judge(SltScript script) throws SQLException {
            List<@Nullable Object[]> rows = List.of();
            if (query != null) {
                try {
                    rows = ResultComparison.values(query.current().rows());
                } catch (MillraceException e) {
                    error = e;
                }
            }
            if (error == null && SltValues.match(record, rows)) {
                tally.pass();
                return;
            }
            Optional<List<@Nullable Object[]>> expected = postgres(record.sql());
            if (expected.isEmpty()) {
                tally.reject();
            } else if (error != null && REFUSALS.contains(error.code())) {
                tally.refuse(error.detail());
            } else {
                Optional<String> difference = error != null
                        ? Optional.of(String.valueOf(error.getMessage()))
                        : ResultComparison.UNORDERED.difference(expected.get(), rows);
                difference.ifPresentOrElse(
                        text -> tally.fail(script.name() + ":" + record.line() + ", " + mode + ":\n" + record.sql()
                                + ";\n" + text),
                        tally::passOtherwise);
            }
        }

        @Override
        public void close() {
            if (query != null) {
                query.close();
            }
        }
    }

    /** What Postgres answers, if it does. */
    private Optional<List<@Nullable Object[]>> postgres(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return Optional.of(JdbcRows.read(rows));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        tables.close();
        millrace.close();
        connection.close();
    }
}
