package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Message;
import dev.millrace.message.Result;
import dev.millrace.message.Subscriber;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest {
    private final Millrace db = Millrace.inMemory();

    @BeforeEach
    void createOrders() {
        db.execute("CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL, amount numeric NOT NULL)");
        db.execute("INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20), (3, 2, 5)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static List<String> rows(Result result) {
        return result.rows().stream()
                .map(row -> row.toMap().values().toString())
                .toList();
    }

    private List<String> rows(String query) {
        return rows(db.query(query));
    }

    private MillraceException refusal(String statement) {
        return assertThrows(MillraceException.class, () -> db.execute(statement), statement);
    }

    /** Everything that a subscriber is told, but for progress. */
    private static final class Told implements Subscriber {
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

        @Override
        public void initial(Message.Initial initial) {
            messages.add(initial);
        }

        @Override
        public void changes(Message.Changes changes) {
            messages.add(changes);
        }

        @Override
        public void resync(Message.Resync resync) {
            messages.add(resync);
        }

        @Override
        public void failed(Message.Failed failed) {
            messages.add(failed);
        }

        String next() throws InterruptedException {
            return switch (messages.take()) {
                case Message.Initial initial -> "initial " + initial.rows();
                case Message.Changes changes -> "changes " + changes.changes();
                case Message.Resync resync -> "resync " + resync.reason();
                case Message.Failed failed -> "failed " + failed.error().code();
                case Message other -> throw new IllegalStateException("told " + other);
            };
        }
    }

    @Test
    void view_is_planned_into_who_reads_it() {
        db.execute(
                "CREATE VIEW big (num, who) AS SELECT id, customer, amount FROM orders WHERE amount >= 10 ORDER BY id");
        assertEquals(List.of("[1, 10]", "[2, 20]"), rows("SELECT b.num, amount FROM big b WHERE who = 1 ORDER BY 1"));
        assertEquals(
                rows("EXPLAIN SELECT amount FROM orders WHERE amount >= 10 AND customer = 1"),
                rows("EXPLAIN SELECT amount FROM big WHERE who = 1"));
        db.execute(
                "CREATE VIEW totals AS WITH big AS (SELECT * FROM public.big) SELECT who, sum(amount) AS total FROM big GROUP BY who");
        try (LiveQuery live = db.live("SELECT * FROM totals")) {
            db.execute("INSERT INTO orders VALUES (4, 2, 100)");
            assertEquals(
                    List.of("[1, 30]", "[2, 100]"),
                    rows(live.current()).stream().sorted().toList());
        }
    }

    @Test
    void names_within_a_view_are_not_those_of_the_query_around_it() {
        db.execute("CREATE VIEW ids AS SELECT id FROM orders");
        assertEquals(List.of("[3]"), rows("WITH orders AS (SELECT 7 AS id) SELECT count(*) FROM ids"));
    }

    @Test
    void materialized_view_runs_before_it_is_read_and_is_shared_by_who_reads_it() {
        db.execute(
                "CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS total FROM orders GROUP BY customer");
        int operators = db.operatorCount();
        assertTrue(operators > 0);
        try (LiveQuery live = db.live("SELECT * FROM totals")) {
            assertEquals(operators, db.operatorCount());
            assertEquals(List.of(0), live.schema().key().orElseThrow());
            db.execute("CREATE MATERIALIZED VIEW best AS SELECT customer, total FROM totals WHERE total > 10");
            db.execute("UPDATE orders SET amount = 50 WHERE id = 3");
            assertEquals(List.of("[1, 30]", "[2, 50]"), rows("SELECT * FROM best ORDER BY customer"));
            assertEquals(
                    List.of("[1, 30]", "[2, 50]"),
                    rows(live.current()).stream().sorted().toList());
        }
        db.execute("DROP MATERIALIZED VIEW totals CASCADE");
        assertEquals(0, db.operatorCount());
        assertEquals(ErrorCode.UNKNOWN_TABLE, refusal("SELECT * FROM best").code());
    }

    @Test
    void who_watches_a_replaced_view_starts_over_with_the_difference() throws Exception {
        db.execute("CREATE VIEW big AS SELECT id, amount FROM orders WHERE amount >= 10");
        db.execute("CREATE VIEW bigger AS SELECT id, amount FROM big WHERE amount > 15");
        db.execute("CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM big");
        Told told = new Told();
        Told other = new Told();
        try (LiveQuery live = db.live("SELECT id FROM bigger");
                var _ = live.subscribe(told);
                LiveQuery untouched = db.live("SELECT id FROM orders WHERE amount > 15");
                var _ = untouched.subscribe(other)) {
            assertEquals("initial [(id: 2)]", told.next());
            assertEquals("initial [(id: 2)]", other.next());
            db.execute("CREATE OR REPLACE VIEW big AS SELECT id, amount * 10 AS amount, customer FROM orders");
            assertEquals("resync VIEW_REPLACED", told.next());
            String initial = told.next();
            assertEquals(3, rows(live.current()).size(), initial);
            db.execute("DELETE FROM orders WHERE id = 2");
            assertTrue(told.next().startsWith("changes [Delete[row=(id: 2)"));
            assertTrue(other.next().startsWith("changes [Delete[row=(id: 2)"));
            assertEquals(List.of("[2]"), rows("SELECT n FROM kept"));
        }
    }

    @Test
    void a_query_that_means_something_else_is_told_so() throws Exception {
        db.execute("CREATE VIEW big AS SELECT id FROM orders");
        Told told = new Told();
        try (LiveQuery live = db.live("SELECT * FROM big");
                var _ = live.subscribe(told)) {
            told.next();
            db.execute("CREATE OR REPLACE VIEW big AS SELECT id, amount FROM orders");
            assertEquals("failed VIEW_REPLACED", told.next());
            assertEquals(
                    ErrorCode.VIEW_REPLACED,
                    assertThrows(MillraceException.class, live::current).code());
        }
        assertEquals(0, db.operatorCount());
    }

    @Test
    void a_circle_is_refused_naming_its_members() {
        db.execute("CREATE VIEW a AS SELECT id FROM orders");
        db.execute("CREATE VIEW b AS SELECT id FROM a");
        db.execute("CREATE VIEW c AS SELECT id FROM b");
        MillraceException error = refusal("CREATE OR REPLACE VIEW a AS SELECT id FROM b");
        assertEquals(ErrorCode.CYCLIC_DEPENDENCY, error.code());
        assertEquals("unresolvable stream dependency among [a, b]", error.detail());
        assertEquals(List.of("[3]"), rows("SELECT count(*) FROM c"));
    }

    @Test
    void what_others_depend_on_is_dropped_with_cascade_only() throws Exception {
        db.execute("CREATE VIEW a AS SELECT id FROM orders");
        db.execute("CREATE VIEW b AS SELECT id FROM a");
        Told told = new Told();
        try (LiveQuery live = db.live("SELECT id FROM b WHERE id = 1");
                var _ = live.subscribe(told)) {
            told.next();
            MillraceException error = refusal("DROP TABLE orders");
            assertEquals(ErrorCode.RELATION_IN_USE, error.code());
            assertTrue(error.detail().contains("depend on it: view a, view b, 1 live query;"), error.detail());
            assertTrue(refusal("DROP VIEW a").detail().contains("view b, 1 live query"));
            db.execute("DROP VIEW a CASCADE");
            assertEquals("failed UNKNOWN_TABLE", told.next());
        }
        db.execute("DROP TABLE orders");
        assertEquals(0, db.operatorCount());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DUPLICATE_RELATION | CREATE VIEW orders AS SELECT 1 AS x
            DUPLICATE_RELATION | CREATE VIEW v AS SELECT 1 AS x
            DUPLICATE_RELATION | CREATE TABLE v (x int)
            INVALID_QUERY      | CREATE OR REPLACE VIEW v AS SELECT customer FROM orders
            INVALID_QUERY      | CREATE VIEW w AS SELECT id, id FROM orders
            INVALID_QUERY      | CREATE VIEW w (a, b) AS SELECT id FROM orders
            INVALID_QUERY      | CREATE VIEW w AS SELECT id FROM orders WHERE id = $1
            INVALID_QUERY      | DROP MATERIALIZED VIEW v
            UNKNOWN_COLUMN     | CREATE VIEW w AS SELECT idd FROM orders
            UNKNOWN_TABLE      | CREATE VIEW w AS SELECT id FROM w
            UNKNOWN_TABLE      | DROP VIEW w
            UNKNOWN_TABLE      | INSERT INTO v VALUES (1)
            SYNTAX_ERROR       | CREATE VIEW w AS DELETE FROM orders
            """)
    void what_cannot_be_is_refused(ErrorCode code, String statement) {
        db.execute("CREATE VIEW v AS SELECT id FROM orders");
        assertEquals(code, refusal(statement).code());
        assertEquals(List.of("[3]"), rows("SELECT count(*) FROM v"));
    }

    @Test
    void text_without_bounds_is_refused() {
        String tooLong = "SELECT '" + "x".repeat(1 << 16) + "' AS x";
        assertEquals(ErrorCode.TEXT_TOO_LONG, refusal(tooLong).code());
        assertEquals(
                ErrorCode.TEXT_TOO_LONG,
                refusal("INSERT INTO orders " + tooLong).code());
        String deep = "SELECT " + "(".repeat(30_000) + "1" + ")".repeat(30_000);
        assertEquals(ErrorCode.NESTED_TOO_DEEPLY, refusal(deep).code());
        db.execute("CREATE VIEW v0 AS SELECT id FROM orders");
        for (int i = 1; i < 8; i++) {
            db.execute("CREATE VIEW v" + i + " AS SELECT a.id FROM v" + (i - 1) + " a JOIN v" + (i - 1)
                    + " b ON a.id = b.id");
        }
        assertEquals(
                ErrorCode.PLAN_TOO_LARGE,
                refusal("SELECT a.id FROM v7 a, v7 b WHERE a.id = b.id").code());
    }
}
