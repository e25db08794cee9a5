package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Position;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class SnapshotOracleTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.execute("CREATE TABLE log (writer int, n bigint, PRIMARY KEY (writer, n))");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void values_have_the_classes_of_result_rows() {
        String query = """
                SELECT true, 1::int2, 2::int4, 3::int8, 1.5::float4, 2.5::float8, 1.50::numeric, 'NaN'::numeric, '-Infinity'::numeric,
                    'ä'::text, '\\x01ff'::bytea, date '2024-02-29', date 'infinity', timestamp '2024-02-29 12:00:00.000001',
                    timestamp '-infinity', timestamptz '2024-02-29 12:00:00+02', timestamptz 'infinity', timestamptz '-infinity',
                    '00000000-0000-0000-0000-000000000007'::uuid, NULL::int4
                """;
        try (SnapshotOracle oracle = SnapshotOracle.open(server)) {
            @Nullable
            Object[] row = oracle.snapshot(List.of(query)).results().getFirst().getFirst();
            Object[] expected = {
                true,
                (short) 1,
                2,
                3L,
                1.5f,
                2.5,
                new BigDecimal("1.50"),
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                "ä",
                new byte[] {1, -1},
                LocalDate.of(2024, 2, 29),
                LocalDate.MAX,
                LocalDateTime.of(2024, 2, 29, 12, 0, 0, 1000),
                LocalDateTime.MIN,
                Instant.parse("2024-02-29T10:00:00Z"),
                Instant.MAX,
                Instant.MIN,
                new UUID(0, 7),
                null
            };
            assertArrayEquals(expected, row);
        }
    }

    @Test
    void arrays_are_lists_of_such_values() {
        String query = """
                SELECT ARRAY[1, NULL], ARRAY['a', 'NULL', NULL, '{,"'], ARRAY[1.50, 'NaN'], ARRAY[date 'infinity', NULL],
                    ARRAY[timestamptz '2024-02-29 12:00:00+02'], ARRAY[true], ARRAY['\\x01ff'::bytea], NULL::int4[]
                """;
        try (SnapshotOracle oracle = SnapshotOracle.open(server)) {
            @Nullable
            Object[] row = oracle.snapshot(List.of(query)).results().getFirst().getFirst();
            @Nullable
            Object[] expected = {
                Arrays.asList(1, null),
                Arrays.asList("a", "NULL", null, "{,\""),
                List.of(new BigDecimal("1.50"), Double.NaN),
                Arrays.asList(LocalDate.MAX, null),
                List.of(Instant.parse("2024-02-29T10:00:00Z")),
                List.of(true),
                List.of(new byte[] {1, -1}),
                null
            };
            assertEquals(
                    Optional.empty(),
                    ResultComparison.UNORDERED.difference(
                            List.<@Nullable Object[]>of(expected), List.<@Nullable Object[]>of(row)));
        }
    }

    @Test
    void a_failed_query_names_the_reason_and_leaves_the_oracle_usable() throws SQLException {
        try (SnapshotOracle oracle = SnapshotOracle.open(server)) {
            var error = assertThrows(MillraceException.class, () -> oracle.snapshot(List.of("SELECT * FROM nowhere")));
            assertTrue(error.getMessage().contains("nowhere"), error.getMessage());
            assertEquals(
                    1, oracle.snapshot(List.of("SELECT 1")).results().getFirst().size());
            assertEquals(0, slots());
        }
    }

    /**
     * Each writer's transaction leaves a logical message with the number it inserted; decoding the log gives each commit's end LSN, so the
     * snapshot must hold exactly the numbers whose commits end at or before its position.
     */
    @Test
    void a_snapshot_is_exactly_what_was_committed_up_to_its_position() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                SnapshotOracle oracle = SnapshotOracle.open(server)) {
            statement.execute("SELECT pg_create_logical_replication_slot('witness', 'test_decoding')");
            List<SnapshotOracle.Snapshot> snapshots;
            try (Workload writers =
                    Workload.start(server, 4, Double.POSITIVE_INFINITY, 1, SnapshotOracleTest::append)) {
                writers.awaitTransactions(50, Duration.ofSeconds(30));
                var first = oracle.snapshot(List.of("SELECT writer, n FROM log", "SELECT count(*) FROM log"));
                writers.awaitTransactions(writers.transactions() + 50, Duration.ofSeconds(30));
                var second = oracle.snapshot(List.of("SELECT writer, n FROM log", "SELECT count(*) FROM log"));
                snapshots = List.of(first, second);
            }
            Map<Position, String> commits = new TreeMap<>();
            String changes =
                    "SELECT lsn, data FROM pg_logical_slot_get_changes('witness', NULL, NULL, 'include-xids', 'off')";
            try (ResultSet rows = statement.executeQuery(changes)) {
                String inserted = "";
                while (rows.next()) {
                    String data = rows.getString("data");
                    if (data.startsWith("table")) {
                        inserted = data.replaceAll(".*writer\\[integer]:(\\d+) n\\[bigint]:(\\d+)", "$1/$2");
                    } else if (data.startsWith("COMMIT")) {
                        // test_decoding reports a commit at the end of its record.
                        var lsn = LogSequenceNumber.valueOf(rows.getString("lsn"));
                        commits.put(new Position(lsn.asLong(), lsn.asString()), inserted);
                    }
                }
            }
            statement.execute("SELECT pg_drop_replication_slot('witness')");
            for (var snapshot : snapshots) {
                List<String> seen = snapshot.results().getFirst().stream()
                        .map(row -> row[0] + "/" + row[1])
                        .sorted()
                        .toList();
                List<String> committed = commits.entrySet().stream()
                        .filter(commit -> commit.getKey().compareTo(snapshot.position()) <= 0)
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
                assertEquals(committed, seen);
                assertEquals((long) seen.size(), snapshot.results().get(1).getFirst()[0]);
                assertTrue(commits.size() > seen.size(), "writers went on after the snapshot");
            }
        }
        assertEquals(0, slots());
    }

    private static Workload.Outcome append(Connection connection, Random random) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int writer = (int) Thread.currentThread().threadId();
            int rows = statement.executeUpdate(
                    "INSERT INTO log SELECT %1$d, count(*) + 1 FROM log WHERE writer = %1$d".formatted(writer));
            return new Workload.Outcome(random.nextInt(10) != 0, rows);
        }
    }

    private static long slots() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM pg_replication_slots")) {
            count.next();
            return count.getLong(1);
        }
    }
}
