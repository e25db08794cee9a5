package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java methods in live queries. */
public class UserFunctionsTest {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Millrace db = Millrace.inMemory();

    @Deterministic
    public static long halved(long number) {
        CALLS.incrementAndGet();
        if (number % 2 != 0) {
            throw new IllegalArgumentException(number + " is odd");
        }
        return number / 2;
    }

    @Deterministic
    public static String label(@Nullable String name, BigDecimal price, LocalDate day) {
        return (name == null ? "?" : name) + " " + price + " " + day.getDayOfWeek();
    }

    @Deterministic
    public static @Nullable String nullIfLong(String text) {
        return text.length() > 3 ? null : text;
    }

    @Deterministic
    public static String nullIfLong(int number) {
        return "int " + number;
    }

    public static double counter() {
        return CALLS.incrementAndGet();
    }

    @BeforeEach
    void createItems() {
        db.execute("CREATE TABLE items (id int PRIMARY KEY, size int8, name text)");
        db.execute("INSERT INTO items VALUES (1, 10, 'abc'), (2, 4, 'abcd'), (3, NULL, NULL)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> rows(LiveQuery query) {
        return query.current().rows().stream()
                .map(row -> row.toMap().values().toString())
                .toList();
    }

    @Test
    void live_query_calls_a_method_and_follows_its_rows() {
        db.registerFunction("halved", UserFunctionsTest.class, "halved");
        try (LiveQuery query = db.live("SELECT id, halved(size) AS half FROM items ORDER BY id")) {
            assertEquals(List.of("[1, 5]", "[2, 2]", "[3, null]"), rows(query));
            db.execute("UPDATE items SET size = 100 WHERE id = 2");
            assertEquals(List.of("[1, 5]", "[2, 50]", "[3, null]"), rows(query));
            db.execute("UPDATE items SET size = 7 WHERE id = 1");
            MillraceException error = assertThrows(MillraceException.class, query::current);
            assertEquals(ErrorCode.DATA_ERROR, error.code());
            assertTrue(Objects.requireNonNull(error.getMessage()).contains("7 is odd"), error.getMessage());
            db.execute("DELETE FROM items WHERE id = 1");
            assertEquals(List.of("[2, 50]", "[3, null]"), rows(query));
        }
    }

    @Test
    void a_null_for_a_primitive_parameter_is_no_call() {
        db.registerFunction("halved", UserFunctionsTest.class, "halved");
        int before = CALLS.get();
        assertEquals(
                1,
                db.query("SELECT halved(size) FROM items WHERE id = 3").rows().size());
        assertEquals(before, CALLS.get());
    }

    @Test
    void parameters_and_results_have_the_types_of_sql() {
        db.registerFunction("label", UserFunctionsTest.class, "label");
        try (LiveQuery query = db.live("SELECT label(name, 1.50, DATE '2026-11-21') AS l FROM items WHERE id <> 2")) {
            assertEquals(
                    List.of("[? 1.50 SATURDAY]", "[abc 1.50 SATURDAY]"),
                    rows(query).stream().sorted().toList());
        }
    }

    @Test
    void overloads_are_chosen_by_types_and_may_give_null() {
        db.registerFunction("null_if_long", UserFunctionsTest.class, "nullIfLong");
        try (LiveQuery query =
                db.live("SELECT null_if_long(name) AS a, null_if_long(id) AS b FROM items WHERE id < 3 ORDER BY id")) {
            assertEquals(List.of("[abc, int 1]", "[null, int 2]"), rows(query));
        }
    }

    @Test
    void a_method_that_is_not_deterministic_is_refused_with_the_reason() {
        db.registerFunction("counter", UserFunctionsTest.class, "counter");
        MillraceException error = assertThrows(MillraceException.class, () -> db.live("SELECT counter() FROM items"));
        assertEquals(ErrorCode.UNSUPPORTED_SQL, error.code());
        assertTrue(Objects.requireNonNull(error.getMessage()).contains("@Deterministic"), error.getMessage());
    }

    @Test
    void names_are_taken_once() {
        db.registerFunction("halved", UserFunctionsTest.class, "halved");
        for (String taken : List.of("halved", "HALVED", "upper", "random")) {
            MillraceException error = assertThrows(
                    MillraceException.class, () -> db.registerFunction(taken, UserFunctionsTest.class, "halved"));
            assertEquals(ErrorCode.INVALID_FUNCTION, error.code());
        }
    }

    @Test
    void functions_are_shown() {
        db.registerFunction("halved", UserFunctionsTest.class, "halved");
        List<String> shown = db.execute("SHOW FUNCTIONS").rows().orElseThrow().rows().stream()
                .map(row -> String.valueOf(row.get("function")))
                .toList();
        assertTrue(shown.stream().anyMatch(function -> function.startsWith("upper(")), shown.toString());
        assertTrue(shown.stream().anyMatch(function -> function.startsWith("halved(")), shown.toString());
    }
}
