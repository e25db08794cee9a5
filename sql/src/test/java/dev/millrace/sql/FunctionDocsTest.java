package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.Overload;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/sql/functions.md} is what the registry says, and each example gives there what Postgres gives. {@code -Dmillrace.docs=write} writes the page. */
class FunctionDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "sql", "functions.md");
    private static final String HEADER = """
            # Functions

            Every function that a live query can call, with Postgres's results. This page is generated from the registry that the queries are compiled with (`SHOW FUNCTIONS` lists the same); a test compares
            each example with Postgres. Arguments are converted implicitly as Postgres converts them. A function is NULL when an argument is, unless its meaning says otherwise; one that has no value
            for a row's arguments (a division by zero, a bad format) makes that row a data error of the query.

            `any` is a value of each type, `any...` any number of them, `anyarray` an array of any type.
            """;

    static Stream<String> examples() {
        return overloads().stream()
                .map(overload -> overload.description().example())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_gives_what_postgres_gives(String example) throws SQLException {
        String query = "SELECT " + example + " AS result";
        assertEquals(
                Answer.to(query).rows(), new Tables().run(SqlCompiler.compile(query, new Catalog(List.of()))), query);
    }

    @Test
    void the_page_is_generated() throws IOException, SQLException {
        String page = page();
        if ("write".equals(System.getProperty("millrace.docs"))) {
            Files.createDirectories(Objects.requireNonNull(PAGE.getParent()));
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page, "run this test with -Dmillrace.docs=write");
    }

    private static Collection<Overload> overloads() {
        // Those for arrays of each type are declared once.
        Map<String, Overload> byDeclaration = new LinkedHashMap<>();
        FunctionRegistry.BUILT_IN.functions().stream()
                .flatMap(function -> function.overloads().stream())
                .forEach(overload -> byDeclaration.putIfAbsent(overload.declared(), overload));
        return byDeclaration.values();
    }

    private static String page() throws SQLException {
        Map<String, List<Overload>> families = overloads().stream()
                .collect(Collectors.groupingBy(
                        overload -> overload.description().family(), LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(HEADER);
        for (String family : FunctionRegistry.families()) {
            page.append("\n## ")
                    .append(family)
                    .append("\n\n| function | gives | example | result |\n|---|---|---|---|\n");
            for (Overload overload : families.getOrDefault(family, List.of())) {
                String example = overload.description().example();
                String result = Oracle.get()
                        .texts("SELECT (" + example + ")::text")
                        .getFirst()
                        .getFirst();
                page.append("| ")
                        .append(code(overload.declared()))
                        .append(" | ")
                        .append(overload.description().about());
                page.append(" | ")
                        .append(code(example))
                        .append(" | ")
                        .append(result == null ? "NULL" : code(result))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|").replace("\n", "⏎") + "`";
    }
}
