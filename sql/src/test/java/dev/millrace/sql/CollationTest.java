package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a database orders otherwise than by code points are not ordered so without a word; {@code code} is ordered by code points, {@code tag} is not even compared by them. */
class CollationTest {
    private static final Collation ENGLISH = new Collation("en_US.UTF-8", true);
    private static final Catalog CATALOG = new Catalog(List.of(new CatalogTable(
            "pg",
            "public",
            "people",
            List.of(
                    column("id", DataType.INT4, Optional.of(ENGLISH)),
                    column("name", DataType.TEXT, Optional.of(ENGLISH)),
                    column("code", DataType.TEXT, Optional.empty()),
                    column("tag", DataType.TEXT, Optional.of(new Collation("ci", false)))),
            List.of(0))));

    private static CatalogTable.Column column(String name, DataType type, Optional<Collation> collation) {
        return new CatalogTable.Column(name, type.sqlName(), Optional.of(ColumnType.of(type)), true, collation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM people ORDER BY name",
                "SELECT name FROM people ORDER BY upper(name) LIMIT 3",
                "SELECT id FROM people WHERE name < 'm'",
                "SELECT id FROM people WHERE name BETWEEN 'a' AND 'm'",
                "SELECT id FROM people WHERE 'a' || name >= $1",
                "SELECT min(name) FROM people",
                "SELECT greatest(name, 'm') FROM people",
                "SELECT row_number() OVER (ORDER BY name) FROM people",
                "SELECT max(name) OVER () FROM people",
                "SELECT string_agg(code, ',' ORDER BY name) FROM people",
                "SELECT DISTINCT ON (id) id, name FROM people ORDER BY id, name",
                "SELECT x FROM (SELECT coalesce(name, code) AS x FROM people) s ORDER BY x",
                "SELECT id::text AS t FROM people ORDER BY t",
                "SELECT id FROM people WHERE name < code",
                "SELECT a.id FROM people a JOIN people b ON a.name > b.code",
                "SELECT name FROM people UNION SELECT code FROM people ORDER BY 1",
            })
    void an_order_by_another_collation_is_refused(String sql) {
        MillraceException refused = assertThrows(MillraceException.class, () -> SqlCompiler.compile(sql, CATALOG));
        assertEquals(ErrorCode.UNSUPPORTED_SQL, refused.code(), refused.getMessage());
        assertTrue(
                refused.detail()
                        .contains("cannot be ordered here by their collation \"en_US.UTF-8\"; write COLLATE \"C\""),
                refused.detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name, count(*) FROM people WHERE name = 'Anna' OR name LIKE 'B%' GROUP BY name ORDER BY count(*)",
                "SELECT DISTINCT name FROM people",
                "SELECT a.id FROM people a JOIN people b ON a.name = b.name",
                "SELECT name FROM people ORDER BY name COLLATE \"C\"",
                "SELECT name FROM people ORDER BY upper(name) COLLATE \"POSIX\" DESC, id LIMIT 2",
                "SELECT id FROM people WHERE name COLLATE \"C\" < 'm' AND 'm' < name COLLATE ucs_basic",
                "SELECT min(name COLLATE pg_catalog.\"C\") FROM people",
                "SELECT row_number() OVER (ORDER BY name::varchar(3) COLLATE \"C\") FROM people",
                "SELECT x FROM (SELECT name COLLATE \"C\" AS x FROM people) s ORDER BY x",
                "SELECT code, max(code) OVER () AS m FROM people ORDER BY code",
                "SELECT id FROM people ORDER BY id, length(name)",
                "SELECT tag FROM people WHERE tag COLLATE \"C\" = 'x' AND tag IS NOT NULL",
                "SELECT name FROM people LIMIT 3",
                "SELECT count(DISTINCT name) FROM people WHERE name IN ('a', 'b') AND name <> ALL (SELECT code FROM people)",
            })
    void equality_and_an_order_that_is_named_are_kept(String sql) {
        String plan = String.join("\n", SqlCompiler.explain(sql, CATALOG));
        assertTrue(!plan.toLowerCase(java.util.Locale.ROOT).contains("collate"), plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM people WHERE tag = 'x'",
                "SELECT tag, count(*) FROM people GROUP BY tag",
                "SELECT DISTINCT tag FROM people",
                "SELECT replace(tag, 'x', 'y') FROM people",
                "SELECT a.id FROM people a JOIN people b ON a.tag = b.code",
            })
    void texts_of_a_nondeterministic_collation_are_not_compared(String sql) {
        MillraceException refused = assertThrows(MillraceException.class, () -> SqlCompiler.compile(sql, CATALOG));
        assertTrue(refused.detail().contains("people.tag cannot be compared here"), refused.detail());
    }

    @Test
    void another_collation_is_refused_at_its_place() {
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> SqlCompiler.compile("SELECT id FROM people ORDER BY name COLLATE \"de_DE\"", CATALOG));
        assertEquals(
                "the collation \"de_DE\" cannot be kept live: texts are ordered by their code points; write COLLATE \"C\"",
                refused.detail()
                        .replaceAll(" \\(line.*", "")
                        .lines()
                        .findFirst()
                        .orElse(""));
        assertEquals(
                ErrorCode.INVALID_QUERY,
                assertThrows(
                                MillraceException.class,
                                () -> SqlCompiler.compile("SELECT id COLLATE \"C\" FROM people", CATALOG))
                        .code());
    }
}
