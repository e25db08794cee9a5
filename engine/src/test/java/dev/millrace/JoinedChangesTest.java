package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code UPDATE … FROM} and {@code DELETE … USING}. */
class JoinedChangesTest {
    private final Millrace db = Millrace.inMemory();

    @BeforeEach
    void createTables() {
        db.execute("CREATE TABLE items (id int PRIMARY KEY, name varchar(5) NOT NULL, price numeric(6,2))");
        db.execute("INSERT INTO items VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)");
        db.execute("CREATE TABLE news (item int, name text, price int)");
        db.execute("INSERT INTO news VALUES (1, 'x', 11), (2, 'y', NULL), (9, 'z', 99)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> items() {
        return rows(db.query("SELECT * FROM items ORDER BY id"));
    }

    private static List<String> rows(Result result) {
        return result.rows().stream()
                .map(row -> IntStream.range(0, result.schema().columns().size())
                        .mapToObj(row::get)
                        .toList()
                        .toString())
                .toList();
    }

    private List<String> returned(String statement) {
        return rows(db.execute(statement).rows().orElseThrow());
    }

    @Test
    void rows_take_values_of_those_that_they_are_joined_with() {
        Outcome outcome = db.execute(
                "UPDATE items AS i SET name = n.name, price = coalesce(n.price, i.price) + 1 FROM news n WHERE n.item = i.id");
        assertEquals(2, outcome.count());
        assertEquals(List.of("[1, x, 12.00]", "[2, y, 21.00]", "[3, c, 30.00]"), items());
    }

    @Test
    void rows_go_with_those_that_they_are_joined_with() {
        assertEquals(
                1,
                db.execute("DELETE FROM items USING news WHERE item = id AND news.price IS NOT NULL")
                        .count());
        assertEquals(List.of("[2, b, 20.00]", "[3, c, 30.00]"), items());
    }

    @Test
    void returning_has_the_new_row_and_what_it_was_joined_with() {
        assertEquals(
                List.of("[1, x, 10.00, 1, x, 11, x1]", "[2, y, 20.00, 2, y, null, y2]"),
                returned(
                        "UPDATE items SET name = n.name FROM news AS n WHERE item = id RETURNING *, items.name || item::text"));
        assertEquals(
                List.of("[11, 1, x, 11, x]"),
                returned(
                        "DELETE FROM items i USING news n WHERE i.id = n.item AND n.price > 1 RETURNING n.price, n.*, i.name"));
    }

    @Test
    void a_row_of_several_pairs_is_updated_once() {
        db.execute("INSERT INTO news VALUES (1, 'w', 1), (1, 'x', 11)");
        assertEquals(
                List.of("[1, w, 1]"),
                returned(
                        "UPDATE items i SET name = n.name FROM news n WHERE i.id = n.item AND i.id = 1 RETURNING i.id, i.name, n.price"));
        assertEquals(
                1,
                db.execute("DELETE FROM items i USING news n WHERE i.id = n.item AND i.id = 1")
                        .count());
    }

    @Test
    void of_equal_rows_each_is_updated_once() {
        db.execute("CREATE TABLE log (n numeric)");
        db.execute("INSERT INTO log VALUES (1.0), (1.0), (1.00), (2)");
        assertEquals(
                List.of("[5.0, 5]", "[5.0, 5]", "[5.00, 5]"),
                returned("UPDATE log SET n = n + s - 1 FROM generate_series(5, 7) AS s WHERE n = 1 RETURNING n, s"));
        assertEquals(3, db.execute("DELETE FROM log USING news WHERE n = 5").count());
        assertEquals(List.of("[2]"), rows(db.query("SELECT * FROM log")));
    }

    @Test
    void a_table_is_joined_with_itself_as_it_was() {
        assertEquals(
                List.of("[1, 20.00, 20.00]", "[2, 30.00, 30.00]"),
                returned(
                        "UPDATE items SET price = n.price FROM items n WHERE n.id = items.id + 1 RETURNING items.id, items.price, n.price"));
        assertEquals(
                1,
                db.execute(
                                "DELETE FROM items USING items o WHERE o.price = items.price AND o.id < items.id AND items.id = 3")
                        .count());
    }

    @Test
    void joins_subqueries_functions_and_lateral_items_are_joined_with() {
        assertEquals(List.of("[1, 1, 3, 11, null]", "[2, 2, 3, null, null]"), returned("""
                        UPDATE items SET name = m::text || s.id::text FROM (SELECT id, max(id) OVER () AS top FROM items) AS s, generate_series(1, 1) AS m,
                            LATERAL (SELECT n.price AS p FROM news n WHERE n.item = s.id) AS l LEFT JOIN news o ON o.price < 0
                        WHERE s.id = items.id RETURNING items.id, s.*, p, o.name"""));
        assertEquals(List.of("[1, 11, 10.00]", "[2, 12, 20.00]", "[3, c, 30.00]"), items());
        assertEquals(
                2,
                db.execute(
                                "UPDATE items SET price = v.p FROM (VALUES (1, $1::int), (3, 7)) AS v(id, p) WHERE v.id = items.id",
                                5)
                        .count());
        assertEquals(List.of("[1, 11, 5.00]", "[2, 12, 20.00]", "[3, c, 7.00]"), items());
    }

    @Test
    void a_transaction_joins_with_what_it_did() {
        db.transaction(tx -> {
            tx.execute("INSERT INTO news VALUES (3, 'q', 3)");
            assertEquals(
                    3,
                    tx.execute("UPDATE items SET name = n.name FROM news n WHERE item = id")
                            .count());
            assertEquals(
                    3,
                    tx.execute("DELETE FROM news USING items WHERE item = id").count());
            assertEquals(1, tx.query("SELECT * FROM news").rows().size());
        });
        assertEquals(List.of("[1, x, 10.00]", "[2, y, 20.00]", "[3, q, 30.00]"), items());
    }

    @Test
    void live_queries_see_one_step() {
        LiveQuery live = db.live("SELECT sum(price) FROM items");
        long before = live.current().epoch();
        db.execute(
                "UPDATE items SET price = items.price + n.price FROM news n WHERE n.item = id AND n.price IS NOT NULL");
        assertEquals(List.of("[71.00]"), rows(live.current()));
        assertEquals(before + 1, live.current().epoch());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            INVALID_QUERY      | UPDATE items SET name = name FROM news
            INVALID_QUERY      | UPDATE items SET price = 1 FROM news WHERE price = 1
            INVALID_QUERY      | UPDATE items SET price = 1 FROM items
            INVALID_QUERY      | DELETE FROM items USING items
            UNKNOWN_TABLE      | DELETE FROM items USING nothing
            UNKNOWN_TABLE      | UPDATE items SET price = 1 FROM LATERAL (SELECT items.id) AS s
            UNKNOWN_TABLE      | UPDATE items SET price = 1 FROM news n JOIN news m ON m.item = items.id
            UNKNOWN_TABLE      | UPDATE items AS i SET price = 1 FROM news RETURNING items.id
            UNKNOWN_TABLE      | UPDATE items SET price = 1 FROM news n RETURNING news.item
            UNKNOWN_COLUMN     | UPDATE items SET item = 1 FROM news
            NOT_NULL_VIOLATION | UPDATE items SET name = nullif(n, 2)::text FROM generate_series(1, 2) AS n
            DATA_ERROR         | UPDATE items SET name = repeat('x', n) FROM generate_series(1, 6) AS n
            UNIQUE_VIOLATION   | UPDATE items SET id = n.item FROM news n WHERE n.item = 9
            SYNTAX_ERROR       | UPDATE items SET price = 1 FROM
            SYNTAX_ERROR       | UPDATE items SET price = 1 FROM news GROUP BY item
            SYNTAX_ERROR       | DELETE FROM items USING news LIMIT 1
            SYNTAX_ERROR       | DELETE FROM items USING news UNION SELECT 1
            SYNTAX_ERROR       | DELETE FROM items USING WHERE true
            UNSUPPORTED_SQL    | UPDATE items SET price = 1 FROM news n JOIN news m USING (item) RETURNING *
            """)
    void what_fails_changes_nothing(ErrorCode code, String statement) {
        List<String> before = items();
        MillraceException error = assertThrows(MillraceException.class, () -> db.execute(statement));
        assertEquals(code, error.code(), error.getMessage());
        assertEquals(before, items());
    }
}
