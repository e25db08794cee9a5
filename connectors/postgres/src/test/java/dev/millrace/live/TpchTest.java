package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.Millrace;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.tpch.Refreshes;
import dev.millrace.testkit.tpch.Tpch;
import dev.millrace.testkit.tpch.TpchQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All queries of TPC-H live, while orders come and go: each result is Postgres's after each transaction. */
@Tag("L-1")
class TpchTest {
    private static final Tpch TPCH = new Tpch(0.01);

    /** Those of which two results of one row each are put side by side, or one beside rows that it is a bound for. */
    private static final Set<String> WITH_PRODUCTS = Set.of("q11", "q22");

    private static PostgresServer server;
    private static Connection connection;
    private Millrace db;

    @BeforeAll
    static void fillTables() throws SQLException {
        server = PostgresServer.start();
        connection = server.connect();
        TPCH.create(connection);
    }

    @AfterAll
    static void stopServer() throws SQLException {
        connection.close();
        server.close();
    }

    @BeforeEach
    void open() {
        db = Millrace.inMemory();
        db.execute(Watched.createSource(server));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void results_are_those_of_postgres_after_each_refresh() throws SQLException {
        List<String> queries = TPCH.queries().stream().map(TpchQuery::sql).toList();
        Refreshes refreshes = new Refreshes(TPCH, connection);
        try (SnapshotOracle oracle = SnapshotOracle.open(server);
                Watched watched = new Watched(db, queries)) {
            watched.compare(oracle);
            for (int rows : List.of(1, 30, 1000)) {
                refreshes.insert(rows);
                watched.compare(oracle);
            }
            for (int rows : List.of(300, 1)) {
                refreshes.delete(rows);
                refreshes.insert(rows);
                watched.compare(oracle);
                refreshes.delete(rows);
                watched.compare(oracle);
            }
        }
    }

    @Test
    void tables_are_joined_by_equalities() {
        Predicate<String> isProduct = line -> line.contains("join") && !line.contains("join on");
        TPCH.queries().forEach(query -> {
            List<String> plan = db.query("EXPLAIN " + query.sql()).rows().stream()
                    .map(row -> String.valueOf(row.get(0)))
                    .toList();
            assertEquals(
                    WITH_PRODUCTS.contains(query.name()) ? 1 : 0,
                    plan.stream().filter(isProduct).count(),
                    () -> query + ":\n" + String.join("\n", plan));
        });
    }
}
