package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTablesTest {
    private final Millrace db = Millrace.inMemory();

    @BeforeEach
    void createItems() {
        db.execute(
                "CREATE TABLE items (id int PRIMARY KEY, name varchar(5) NOT NULL, price numeric(6,2) DEFAULT 1.5, on_sale bool)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> rows(String query) {
        return rows(db.query(query));
    }

    private static List<String> rows(Result result) {
        return result.rows().stream()
                .map(row -> row.toMap().values().toString())
                .toList();
    }

    private static List<String> returned(Outcome outcome) {
        return rows(outcome.rows().orElseThrow());
    }

    @Test
    void inserted_rows_have_defaults_and_the_columns_types() {
        Outcome outcome =
                db.execute("INSERT INTO items (name, id) VALUES ('a', 1), ('bcd  ', '2'), (upper('x'), 1 + 2)");
        assertEquals(3, outcome.count());
        assertEquals(
                List.of("[1, a, 1.50, null]", "[2, bcd  , 1.50, null]", "[3, X, 1.50, null]"),
                rows("SELECT * FROM items ORDER BY id"));
    }

    @Test
    void insert_from_a_query_reads_the_table_as_it_was() {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true), (2, 'b', DEFAULT, NULL)");
        assertEquals(
                List.of("[11, a, 20.00]", "[12, b, 3.00]"),
                returned(
                        db.execute(
                                "INSERT INTO items SELECT id + 10, name, price * 2 FROM items ORDER BY id RETURNING id, name, price")));
    }

    @Test
    void update_and_delete_return_what_they_touched() {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true), (2, 'b', 20, false), (3, 'c', 30, NULL)");
        assertEquals(
                List.of("[2, 21.00]", "[3, 31.00]"),
                returned(
                        db.execute(
                                "UPDATE items AS i SET price = i.price + 1, on_sale = DEFAULT WHERE id > 1 RETURNING i.id, price")));
        assertEquals(
                List.of("[1, a, 10.00, true]"), returned(db.execute("DELETE FROM items WHERE on_sale RETURNING *")));
        assertEquals(2, db.execute("DELETE FROM items").count());
        assertEquals(List.of(), rows("SELECT * FROM items"));
    }

    @Test
    void a_conflict_is_passed_over_or_updates() {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true)");
        assertEquals(
                1,
                db.execute("INSERT INTO items VALUES (1, 'x'), (2, 'y') ON CONFLICT DO NOTHING")
                        .count());
        assertEquals(
                List.of("[1, a, 12.00]", "[3, n, 1.50]"),
                returned(
                        db.execute(
                                "INSERT INTO items VALUES (1, 'm', 2), (2, 'm', 3), (3, 'n', DEFAULT) ON CONFLICT (id) DO UPDATE SET price = items.price + excluded.price WHERE items.name = 'a' RETURNING id, name, price")));
    }

    @Test
    void parameters_are_of_the_columns_types() {
        assertEquals(
                1,
                db.execute("INSERT INTO items VALUES ($1, $2, $3, $4)", 1, "a", 5, null)
                        .count());
        assertEquals(
                1,
                db.execute("UPDATE items SET price = $2 WHERE id = $1", 1, "7.125")
                        .count());
        assertEquals(List.of("[1, a, 7.13, null]"), rows("SELECT * FROM items"));
        assertEquals(1, db.execute("DELETE FROM items WHERE id = $1", 1).count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UNIQUE_VIOLATION   | INSERT INTO items VALUES (5, 'a'), (5, 'b')
            UNIQUE_VIOLATION   | INSERT INTO items VALUES (6, 'a'), (1, 'b')
            UNIQUE_VIOLATION   | UPDATE items SET id = 2
            UNIQUE_VIOLATION   | INSERT INTO items VALUES (9, 'a'), (9, 'b') ON CONFLICT (id) DO UPDATE SET name = 'c'
            DATA_ERROR         | INSERT INTO items VALUES (1, 'a', 9999), (5, 'b', 1), (5, 'c', 1) ON CONFLICT (id) DO UPDATE SET price = items.price + excluded.price
            UNIQUE_VIOLATION   | INSERT INTO items VALUES (5, 'b', 1), (5, 'c', 1), (1, 'a', 9999) ON CONFLICT (id) DO UPDATE SET price = items.price + excluded.price
            UNIQUE_VIOLATION   | INSERT INTO items VALUES (5, 'b'), (5, 'c'), (9, NULL) ON CONFLICT (id) DO UPDATE SET name = 'c'
            UNIQUE_VIOLATION   | INSERT INTO items SELECT i, 'c', 5000 * i FROM generate_series(1, 3) AS i ORDER BY i
            DATA_ERROR         | INSERT INTO items SELECT i, 'c', 5000 * i FROM generate_series(1, 3) AS i ORDER BY i DESC
            DATA_ERROR         | INSERT INTO items VALUES (1, 'c', 5000), (2, 'c', 10000)
            NOT_NULL_VIOLATION | INSERT INTO items (id) VALUES (7)
            NOT_NULL_VIOLATION | INSERT INTO items VALUES (NULL, 'x')
            NOT_NULL_VIOLATION | UPDATE items SET name = NULL
            DATA_ERROR         | INSERT INTO items VALUES (8, 'too long')
            DATA_ERROR         | INSERT INTO items VALUES (8, 'a', 12345.678)
            DATA_ERROR         | INSERT INTO items VALUES (3000000000, 'a')
            DATA_ERROR         | UPDATE items SET price = price / (id - 1)
            DATA_ERROR         | INSERT INTO items VALUES ('x', 'a')
            INVALID_QUERY      | INSERT INTO items VALUES (true, 'a')
            INVALID_QUERY      | UPDATE items SET price = name
            INVALID_QUERY      | UPDATE items SET name = 'a', name = 'b'
            INVALID_QUERY      | INSERT INTO items VALUES (8, 'a') ON CONFLICT (name) DO NOTHING
            INVALID_QUERY      | INSERT INTO items VALUES (8, 'a') ON CONFLICT DO UPDATE SET name = 'b'
            UNKNOWN_COLUMN     | INSERT INTO items (id, nam) VALUES (8, 'a')
            UNKNOWN_COLUMN     | UPDATE items SET prise = 1
            UNKNOWN_COLUMN     | DELETE FROM items WHERE prise = 1
            UNKNOWN_TABLE      | DELETE FROM item
            SYNTAX_ERROR       | INSERT INTO items VALUES (8, 'a', 1, true, 5)
            SYNTAX_ERROR       | INSERT INTO items (id, name) VALUES (8)
            SYNTAX_ERROR       | DELETE items
            SYNTAX_ERROR       | DELETE FROM items RETURNING id FROM items
            SYNTAX_ERROR       | DELETE FROM items RETURNING id WHERE false
            SYNTAX_ERROR       | DELETE FROM items RETURNING DISTINCT id
            SYNTAX_ERROR       | DELETE FROM items RETURNING id ORDER BY id
            DUPLICATE_RELATION | CREATE TABLE items (id int)
            """)
    void a_statement_that_fails_changes_nothing(ErrorCode code, String statement) {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true), (2, 'b', 20, false)");
        List<String> before = rows("SELECT * FROM items ORDER BY id");
        MillraceException error = assertThrows(MillraceException.class, () -> db.execute(statement));
        assertEquals(code, error.code(), error.getMessage());
        assertEquals(before, rows("SELECT * FROM items ORDER BY id"));
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        MillraceException error = assertThrows(MillraceException.class, () -> db.execute("UPDATE items SET prise = 1"));
        assertTrue(error.getMessage().contains("did you mean 'price'?"), error.getMessage());
        assertTrue(
                error.getMessage().endsWith("  UPDATE items SET prise = 1\n                   ^"), error.getMessage());
    }

    @Test
    void a_transaction_is_one_epoch_and_sees_what_it_did() {
        LiveQuery live = db.live("SELECT count(*) AS n, sum(price) AS total FROM items");
        long before = live.current().epoch();
        db.transaction(tx -> {
            tx.execute("INSERT INTO items VALUES (1, 'a', 10), (2, 'b', 20)");
            tx.execute("UPDATE items SET price = price + 1 WHERE id = 1");
            tx.execute("DELETE FROM items WHERE id = 2");
            assertEquals(List.of("[1, 11.00]"), rows(tx.query("SELECT id, price FROM items")));
            assertEquals(List.of("[0, null]"), rows(live.current()));
        });
        assertEquals(List.of("[1, 11.00]"), rows(live.current()));
        assertEquals(before + 1, live.current().epoch());
    }

    @Test
    void a_transaction_that_throws_is_rolled_back() {
        assertThrows(
                IllegalStateException.class,
                () -> db.transaction(tx -> {
                    tx.execute("INSERT INTO items VALUES (1, 'a')");
                    throw new IllegalStateException("changed my mind");
                }));
        assertEquals(List.of(), rows("SELECT * FROM items"));
    }

    @Test
    void after_a_failed_statement_a_session_takes_only_the_end_of_the_transaction() {
        try (Session session = db.session()) {
            session.run("BEGIN; INSERT INTO items VALUES (1, 'a');");
            assertThrows(MillraceException.class, () -> session.execute("INSERT INTO items VALUES (1, 'b')"));
            MillraceException error =
                    assertThrows(MillraceException.class, () -> session.execute("SELECT * FROM items"));
            assertEquals(ErrorCode.INVALID_TRANSACTION_STATE, error.code());
            assertEquals("ROLLBACK", session.execute("COMMIT").command());
        }
        assertEquals(List.of(), rows("SELECT * FROM items"));
    }

    @Test
    void a_statement_that_would_wait_for_its_own_thread_is_refused() {
        MillraceException error = assertThrows(
                MillraceException.class,
                () -> db.transaction(tx -> {
                    tx.execute("INSERT INTO items VALUES (1, 'a')");
                    db.execute("INSERT INTO items VALUES (2, 'b')");
                }));
        assertEquals(ErrorCode.INVALID_TRANSACTION_STATE, error.code());
        assertEquals(1, db.execute("INSERT INTO items VALUES (2, 'b')").count());
    }

    @Test
    void a_table_without_a_key_holds_equal_rows() {
        db.execute("CREATE TABLE log (line text, n numeric)");
        db.execute("INSERT INTO log VALUES ('x', 1.0), ('x', 1.0), ('x', 1.00)");
        db.transaction(tx -> {
            tx.execute("INSERT INTO log VALUES ('x', 1.0), ('y', 2)");
            assertEquals(1, tx.execute("DELETE FROM log WHERE n::text = '1.00'").count());
            assertEquals(
                    List.of("[x, 1.0]", "[x, 1.0]", "[x, 1.0]", "[y, 2]"),
                    rows(tx.query("SELECT * FROM log ORDER BY line")));
        });
        assertEquals(3, db.execute("UPDATE log SET line = 'z' WHERE line = 'x'").count());
        assertEquals(List.of("[y, 2]", "[z, 1.0]", "[z, 1.0]", "[z, 1.0]"), rows("SELECT * FROM log ORDER BY line"));
    }

    @Test
    void a_table_that_is_read_is_dropped_with_cascade_only() {
        LiveQuery live = db.live("SELECT * FROM items");
        MillraceException error = assertThrows(MillraceException.class, () -> db.execute("DROP TABLE items"));
        assertEquals(ErrorCode.RELATION_IN_USE, error.code());
        db.execute("DROP TABLE items CASCADE");
        assertEquals(
                ErrorCode.UNKNOWN_TABLE,
                assertThrows(MillraceException.class, live::current).code());
        db.execute("DROP TABLE IF EXISTS items");
        db.execute("CREATE TABLE items (id int)");
        db.execute("CREATE TABLE IF NOT EXISTS items (other int)");
        assertEquals(List.of(), rows("SELECT id FROM items"));
    }

    @Test
    void truncate_can_be_rolled_back() {
        db.execute("INSERT INTO items VALUES (1, 'a'), (2, 'b')");
        try (Session session = db.session()) {
            List<Outcome> outcomes =
                    session.run("BEGIN; TRUNCATE items; SELECT count(*) FROM items; ROLLBACK -- no\n;");
            assertEquals(List.of("[0]"), returned(outcomes.get(2)));
        }
        db.execute("TRUNCATE TABLE items");
        assertEquals(List.of("[0]"), rows("SELECT count(*) FROM items"));
    }

    @Test
    void a_table_with_uncommitted_changes_is_not_dropped_beneath_them() throws Exception {
        Thread dropping;
        try (Transaction tx = db.begin()) {
            tx.execute("INSERT INTO items VALUES (1, 'a')");
            assertEquals(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    assertThrows(MillraceException.class, () -> db.execute("DROP TABLE items"))
                            .code());
            dropping = Thread.ofVirtual().start(() -> db.execute("DROP TABLE items"));
            tx.commit();
        }
        dropping.join();
        assertEquals(
                ErrorCode.UNKNOWN_TABLE,
                assertThrows(MillraceException.class, () -> db.query("SELECT * FROM items"))
                        .code());
    }

    @Test
    void what_replaces_a_row_is_computed_of_the_table_that_the_statement_found() {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true)");
        db.execute(
                "INSERT INTO items VALUES (2, 'b', 99), (1, 'c', 1) ON CONFLICT (id) DO UPDATE SET price = (SELECT max(o.price) + 1 FROM items o)");
        assertEquals(List.of("[11.00]", "[99.00]"), rows("SELECT price FROM items ORDER BY id"));
    }

    @Test
    void a_row_that_the_condition_spared_may_be_in_conflict_again() {
        db.execute("INSERT INTO items VALUES (1, 'a', 10, true)");
        assertEquals(
                1,
                db.execute(
                                "INSERT INTO items VALUES (1, 'b'), (1, 'c') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE excluded.name = 'c'")
                        .count());
        assertEquals(List.of("[c]"), rows("SELECT name FROM items"));
        assertEquals(
                ErrorCode.UNIQUE_VIOLATION,
                assertThrows(
                                MillraceException.class,
                                () -> db.execute(
                                        "INSERT INTO items VALUES (1, 'c'), (1, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE excluded.name = 'c'"))
                        .code());
    }
}
