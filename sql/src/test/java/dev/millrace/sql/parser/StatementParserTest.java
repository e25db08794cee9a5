package dev.millrace.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
    @Test
    void explain_hands_its_query_on_in_its_place() {
        assertEquals(
                new Statement.Explain(ExplainMode.PLAN, "        SELECT 1;"),
                StatementParser.parse("EXPLAIN SELECT 1;"));
        assertEquals(
                new Statement.Explain(ExplainMode.CIRCUIT, "                (VALUES (1))"),
                StatementParser.parse("explain circuit (VALUES (1))"));
        assertEquals(
                new Statement.Explain(ExplainMode.CODE, "       \n        \n  WITH t AS (SELECT 1) TABLE t"),
                StatementParser.parse("EXPLAIN\n  CODE  \n  WITH t AS (SELECT 1) TABLE t"));
    }

    @Test
    void create_source_has_its_name_connector_and_options() {
        assertEquals(
                new Statement.CreateSource(
                        "shop",
                        "POSTGRES",
                        Map.of("url", "postgres://h/d", "tables", "a, b", "batch", "100", "snapshot", "never")),
                StatementParser.parse(
                        "CREATE SOURCE shop FROM postgres (url = 'postgres://h/d', tables = 'a, b', batch = 100, snapshot = never)"));
    }

    @Test
    void words_fold_to_lower_case_and_quoted_names_do_not() {
        assertEquals(
                new Statement.CreateSource("shop", "POSTGRES", Map.of("url", "X")),
                StatementParser.parse("create source SHOP from Postgres (URL = 'X')"));
        assertEquals(
                new Statement.DropSource("My \"Shop\"", false),
                StatementParser.parse("DROP SOURCE \"My \"\"Shop\"\"\""));
    }

    @Test
    void quote_in_a_string_is_doubled() {
        assertEquals(
                new Statement.CreateSource("s", "FILES", Map.of("path", "it's; -- here")),
                StatementParser.parse("CREATE SOURCE s FROM files (path = 'it''s; -- here')"));
    }

    @Test
    void drop_source_may_be_conditional() {
        assertEquals(new Statement.DropSource("s", false), StatementParser.parse("DROP SOURCE s;"));
        assertEquals(new Statement.DropSource("s", true), StatementParser.parse("drop source if exists s"));
    }

    @Test
    void script_is_split_at_semicolons_outside_of_quotes_and_comments() {
        assertEquals(
                List.of("SELECT ';'", "SELECT $a$;$a$", "SELECT E'\\';' -- ;\n + 1"),
                StatementParser.split(
                        "; SELECT ';';; SELECT $a$;$a$ /* ; /* ; */ ; */;\n-- only ;\nSELECT E'\\';' -- ;\n + 1"));
    }

    @Test
    void parts_of_a_statement_stand_where_they_stood() {
        Statement.Update update = (Statement.Update)
                StatementParser.parse("UPDATE t SET a = (1, b), c =\n x IS DISTINCT FROM y WHERE d RETURNING e, f");
        assertEquals(
                "                 (1, b)",
                update.assignments().get(0).value().orElseThrow().text());
        assertEquals(
                "                            \n x IS DISTINCT FROM y",
                update.assignments().get(1).value().orElseThrow().text());
        assertEquals("d", update.condition().orElseThrow().text().strip());
        assertEquals(
                "SELECT e, f", update.returning().orElseThrow().text().strip().replaceAll("\\s+", " "));
    }

    @Test
    void comments_and_blanks_are_skipped() {
        assertEquals(
                new Statement.DropSource("s", false),
                StatementParser.parse("-- away with it\nDROP /* the\nold */ SOURCE\n\ts ; -- done"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    8  | expected a query, such as SELECT … FROM … but found the end | EXPLAIN
                    1  | expected a statement: SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, TRUNCATE, BEGIN, COMMIT, ROLLBACK, SHOW, DESCRIBE, SUBSCRIBE or EXPLAIN but found 'selec' | SELEC 1
                    8  | expected SOURCE, TABLE, VIEW or MATERIALIZED VIEW but found 'role'              | CREATE ROLE t
                    18 | expected a type but found ')'                           | CREATE TABLE t (a)
                    22 | expected NOT NULL, DEFAULT, PRIMARY KEY, a comma or ) but found the end | CREATE TABLE t (a int
                    14 | expected VALUES, DEFAULT VALUES or a query but found the end | INSERT INTO t
                    14 | expected SET but found the end                          | UPDATE t AS u
                    15 | expected = but found the end                            | UPDATE t SET a
                    20 | expected a condition but found the end                  | DELETE FROM t WHERE
                    12 | expected a source's name but found the end              | DROP SOURCE
                    15 | expected the new source's name but found 'x'            | CREATE SOURCE 'x'
                    17 | expected FROM but found '('                             | CREATE SOURCE s (
                    22 | expected a connector's type, such as POSTGRES but found '('          | CREATE SOURCE s FROM (a = 1)
                    34 | expected = but found 'x'                                | CREATE SOURCE s FROM files (path 'x')
                    35 | expected a value such as 'text' but found ')'           | CREATE SOURCE s FROM files (path =)
                    39 | expected ) but found the end                            | CREATE SOURCE s FROM files (path = 'x'
                    38 | the option 'a' stands twice                             | CREATE SOURCE s FROM files (a = 'x', a = 'y')
                    15 | expected the end of the statement but found 'now'       | DROP SOURCE s now
                    """)
    void error_points_at_its_place(int column, String words, String text) {
        MillraceException error = assertThrows(MillraceException.class, () -> StatementParser.parse(text));
        assertEquals(ErrorCode.SYNTAX_ERROR, error.code());
        assertTrue(error.detail().contains(words), error.getMessage());
        assertTrue(error.detail().contains("(line 1, column " + column + ")"), error.getMessage());
        assertTrue(error.detail().endsWith("\n  " + " ".repeat(column - 1) + "^"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "DROP SOURCE 'x",
                "DROP SOURCE \"x",
                "CREATE SOURCE s FROM f (a = 'x",
                "/* open",
                "DROP SOURCE \"\""
            })
    void unfinished_text_is_a_syntax_error(String text) {
        MillraceException error = assertThrows(MillraceException.class, () -> StatementParser.parse(text));
        assertEquals(ErrorCode.SYNTAX_ERROR, error.code());
    }

    @Test
    void error_names_the_line() {
        MillraceException error =
                assertThrows(MillraceException.class, () -> StatementParser.parse("CREATE SOURCE s\n  FORM postgres"));
        assertTrue(error.detail().contains("(line 2, column 3)\n    FORM postgres\n    ^"), error.getMessage());
    }
}
