package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Connector;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PostgresOptionsTest {
    private static final String URL = "jdbc:postgresql://db.example:5433/shop?sslmode=require";

    @Test
    void all_options_are_read() {
        PostgresOptions options = PostgresOptions.parse(Map.of(
                "url",
                URL,
                "user",
                "u",
                "password",
                "p",
                "publication",
                "pub",
                "slot",
                "temporary",
                "schemas",
                "a, b"));
        assertEquals("u", options.user().orElseThrow());
        assertEquals("p", options.password().orElseThrow());
        assertEquals("pub", options.publication().orElseThrow());
        assertTrue(options.temporarySlot());
        assertEquals(List.of("a", "b"), options.schemas());
        assertEquals("db.example:5433", options.address());
        assertEquals("shop", options.database());
    }

    @Test
    void only_the_url_is_required() {
        PostgresOptions options = PostgresOptions.parse(Map.of("url", URL));
        assertFalse(options.temporarySlot());
        assertEquals(List.of(), options.schemas());
        assertTrue(options.publication().isEmpty());
    }

    @Test
    void all_errors_are_told_at_once() {
        MillraceException error = assertThrows(
                MillraceException.class,
                () -> PostgresOptions.parse(
                        Map.of("slots", "x", "slot", "forever", "schemas", " ", "publication", "")));
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        for (String part : List.of(
                "'slots', known are url, user, password, publication, slot, schemas",
                "'url' is missing",
                "not 'forever'",
                "'schemas' names no schema",
                "'publication' is empty")) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }

    @Test
    void a_url_of_another_database_is_refused() {
        assertThrows(MillraceException.class, () -> PostgresOptions.parse(Map.of("url", "jdbc:mysql://localhost/x")));
        assertThrows(
                MillraceException.class,
                () -> PostgresOptions.parse(Map.of("url", "jdbc:postgresql://localhost:port/x")));
    }

    @Test
    void the_password_is_not_shown() {
        assertFalse(PostgresOptions.parse(Map.of("url", URL, "password", "secret"))
                .toString()
                .contains("secret"));
    }

    @Test
    void the_connector_is_registered() {
        assertTrue(ServiceLoader.load(Connector.class).stream()
                .anyMatch(provider -> provider.get().type().equals("POSTGRES")));
    }
}
