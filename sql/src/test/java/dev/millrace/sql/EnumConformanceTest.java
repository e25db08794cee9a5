package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.binding.Arguments;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Enum types, whose order is that of their declaration and not of their labels, held against Postgres. */
class EnumConformanceTest {
    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        for (String statement : List.of(
                "CREATE TYPE size AS ENUM ('small', 'large', 'Öl')",
                "ALTER TYPE size ADD VALUE 'medium' BEFORE 'large'",
                "CREATE TYPE colour AS ENUM ('red', 'small')",
                "CREATE TABLE shirt (id int4 PRIMARY KEY, size size, colour colour NOT NULL, sizes size[], name text)",
                """
                INSERT INTO shirt SELECT i, (ARRAY['large', 'medium', 'small', 'Öl', NULL]::size[])[1 + i % 5], (ARRAY['small', 'red']::colour[])[1 + i % 2],
                    (ARRAY['{large,small,NULL}', '{medium,large}', '{}', NULL])[1 + i % 4]::size[], (ARRAY['small', 'x', NULL])[1 + i % 3]
                FROM generate_series(1, 14) i
                """)) {
            Oracle.get().execute(statement);
        }
        tables = Tables.copyOf(List.of("shirt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, size, colour FROM shirt ORDER BY size DESC, colour, id",
                "SELECT size, count(*) AS n FROM shirt GROUP BY size ORDER BY size",
                "SELECT min(size), max(size), min(colour) FROM shirt",
                "SELECT colour, max(size) AS most FROM shirt GROUP BY colour",
                "SELECT id FROM shirt WHERE size = 'large'",
                "SELECT id FROM shirt WHERE size >= 'medium' AND colour <> 'red'",
                "SELECT id FROM shirt WHERE size IN ('large', 'small')",
                "SELECT id FROM shirt WHERE size NOT IN ('large', 'small')",
                "SELECT id FROM shirt WHERE size BETWEEN 'small' AND 'medium'",
                "SELECT id FROM shirt WHERE 'medium' < size",
                "SELECT id FROM shirt WHERE size IS DISTINCT FROM 'large'",
                "SELECT id FROM shirt WHERE size = ANY (ARRAY['large', 'small']::size[])",
                "SELECT id FROM shirt WHERE size = ANY ('{large,small}'::size[])",
                "SELECT id, size::text AS s, 'large'::size AS l, name::size AS n FROM shirt WHERE name = 'small'",
                "SELECT id, size || '!' AS s, upper(size::text) AS u FROM shirt",
                "SELECT id, coalesce(size, 'medium') AS s, nullif(size, 'large') AS n FROM shirt",
                "SELECT id, CASE WHEN id > 5 THEN size ELSE 'small' END AS s, greatest(size, 'medium') AS g, least(size, 'medium') AS m FROM shirt",
                "SELECT a.id, b.id AS other FROM shirt a JOIN shirt b ON a.size = b.size AND a.id < b.id",
                "SELECT a.id FROM shirt a WHERE a.size = (SELECT max(b.size) FROM shirt b)",
                "SELECT id FROM shirt WHERE size IN (SELECT size FROM shirt WHERE id < 3)",
                "SELECT id FROM shirt WHERE size::text = colour::text",
                "SELECT DISTINCT size FROM shirt",
                "SELECT size FROM shirt UNION SELECT 'medium'::size",
                "SELECT size, colour FROM shirt EXCEPT SELECT 'small', 'red' FROM shirt",
                "SELECT id, row_number() OVER (ORDER BY size, id) AS r, lag(size) OVER (ORDER BY id) AS l, first_value(size) OVER (PARTITION BY colour ORDER BY size DESC, id) AS f FROM shirt",
                "SELECT DISTINCT ON (size) size, id FROM shirt ORDER BY size, id DESC",
                "SELECT id, sizes, sizes[1] AS s, sizes::text AS t FROM shirt ORDER BY sizes, id",
                "SELECT colour, array_agg(size ORDER BY size, id) AS s, string_agg(size::text, ',' ORDER BY size, id) AS t FROM shirt GROUP BY colour",
                "SELECT id, sizes || ARRAY['large']::size[] AS t, sizes @> ARRAY['large']::size[] AS c FROM shirt",
                "SELECT id, ARRAY[size, 'large'] AS s FROM shirt",
                "SELECT size FROM shirt ORDER BY size LIMIT 4",
                "SELECT id, NULL::size AS s FROM shirt",
                "SELECT id, concat(size, '-', colour) AS s FROM shirt",
                "SELECT id, sizes::text[] AS t, ARRAY['small', 'large']::text[]::size[] AS s, ('{Öl}'::size[])[1] AS o FROM shirt",
                "SELECT id, ARRAY[1, 2]::bigint[] AS a, ARRAY[1.25, NULL]::numeric(5,1)[] AS b, '{1,NULL}'::int[] AS c, ARRAY[id]::text AS d FROM shirt",
                "SELECT x.size, x.n FROM (SELECT size, count(*) AS n FROM shirt GROUP BY size) x WHERE x.size > 'small'",
            })
    void result_equals_postgres(String sql) throws SQLException {
        Answer expected = Answer.to(sql);
        CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
        List<Row> rows = tables.run(query);
        assertEquals(
                expected.columns(),
                query.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList());
        ZSet difference = new ZSet();
        expected.rows().forEach(row -> difference.append(row, 1));
        rows.forEach(row -> difference.append(row, -1));
        assertEquals(0, difference.consolidate().size(), () -> difference + " of " + query.plan());
        if (!query.order().isEmpty()) {
            assertEquals(expected.rows(), rows, "the order of rows");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM shirt WHERE size = colour",
                "SELECT id FROM shirt WHERE size = name",
                "SELECT id FROM shirt WHERE size = 1",
                "SELECT id FROM shirt WHERE size IN (SELECT colour FROM shirt)",
                "SELECT id FROM shirt WHERE size = ANY (SELECT colour FROM shirt)",
                "SELECT id FROM shirt WHERE size LIKE 's%'",
                "SELECT upper(size) FROM shirt",
                "SELECT size::colour FROM shirt",
                "SELECT size::int FROM shirt",
                "SELECT size FROM shirt UNION SELECT colour FROM shirt",
                "SELECT coalesce(size, colour) FROM shirt",
                "SELECT a.id FROM shirt a JOIN (SELECT id AS n, colour AS size FROM shirt) b USING (size)",
                "SELECT sizes || colour FROM shirt",
                "SELECT sum(size) FROM shirt",
            })
    void what_postgres_refuses_is_refused(String sql) {
        assertThrows(SQLException.class, () -> Answer.to(sql));
        MillraceException refused =
                assertThrows(MillraceException.class, () -> SqlCompiler.compile(sql, tables.catalog()));
        assertEquals("MR-10", refused.code().code().substring(0, 5), refused.getMessage());
        assertEquals(false, refused.getMessage().contains("cannot be planned yet"), refused.getMessage());
    }

    @Test
    void a_text_that_is_no_label_is_refused_in_postgress_words() {
        String sql = "SELECT id FROM shirt WHERE size = 'smal'";
        MillraceException refused =
                assertThrows(MillraceException.class, () -> SqlCompiler.compile(sql, tables.catalog()));
        assertEquals(ErrorCode.UNKNOWN_LABEL, refused.code());
        assertEquals("invalid input value for enum size: \"smal\"; did you mean 'small'?", refused.detail());
    }

    @Test
    void a_parameter_is_given_by_its_label() {
        CompiledQuery query = SqlCompiler.compile("SELECT id FROM shirt WHERE size = $1", tables.catalog());
        assertEquals(
                List.of("size"),
                query.parameters().stream().map(ColumnType::toString).toList());
        Row arguments = Arguments.of(query.parameters(), List.of("medium"));
        Template template = Template.of(query.plan());
        assertEquals("medium", String.valueOf(template.values(arguments).get(0)));
        assertEquals(
                ErrorCode.DATA_ERROR,
                assertThrows(MillraceException.class, () -> Arguments.of(query.parameters(), List.of("huge")))
                        .code());
    }
}
