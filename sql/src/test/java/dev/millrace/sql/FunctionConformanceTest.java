package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.function.ArrayOperators;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.function.Now;
import dev.millrace.sql.function.Overload;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.KnownDifferences;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Outcomes;
import dev.millrace.sql.oracle.Outcomes.Outcome;
import dev.millrace.sql.oracle.Outcomes.Pair;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every overload of every function over edge values: here, by the interpreter and by generated code, and in Postgres, the same value, type and class of error. What differs and is known to stands
 * with its reason in {@code function-differences.txt}. With {@code -Dmillrace.functions=regex} only those of such names.
 */
class FunctionConformanceTest {
    private static final KnownDifferences KNOWN = KnownDifferences.read("function-differences.txt");
    private static final int MAX_DIFFERENCES = 5;

    @BeforeAll
    static void create_tables() throws SQLException {
        Oracle.get().execute("CREATE TABLE IF NOT EXISTS single (id int4 PRIMARY KEY)");
        Oracle.get().execute("INSERT INTO single VALUES (1) ON CONFLICT DO NOTHING");
    }

    static Stream<Overload> overloads() {
        Pattern names = Pattern.compile(System.getProperty("millrace.functions", ".*"));
        // Of those for arrays of any type one type is enough here.
        return FunctionRegistry.BUILT_IN.functions().stream()
                .filter(function -> names.matcher(function.getName()).matches())
                .flatMap(function -> function.overloads().stream()
                        .filter(overload -> overload.function() != Now.NOW)
                        // Which enum there is Postgres is told by a table; EnumConformanceTest has one.
                        .filter(overload -> !overload.parameters().contains(Optional.of(DataType.ENUM)))
                        .filter(overload -> !overload.declared().contains("anyarray")
                                || overload.parameters().stream()
                                        .anyMatch(type -> type.equals(Optional.of(DataType.INT4_ARRAY)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overloads")
    void a_function_equals_postgres(Overload overload) throws SQLException {
        List<DataType> types = ArgumentValues.types(overload);
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> ", a%d %s".formatted(i, ArgumentValues.nameOf(types.get(i))))
                .collect(Collectors.joining());
        Oracle.get().execute("DROP TABLE IF EXISTS arguments");
        Oracle.get().execute("CREATE TABLE arguments (id int4 PRIMARY KEY%s)".formatted(columns));
        Oracle.get().execute("INSERT INTO arguments VALUES " + ArgumentValues.rows(overload, types));
        compare(overload, call(overload.name(), types.size()));
    }

    /** An operator stands between its operands, or before the one; {@code =any} is {@code = ANY (…)}; a slice has brackets. */
    private static String call(String name, int arguments) {
        if (!NamedFunction.isOperator(name)) {
            return IntStream.range(0, arguments)
                    .mapToObj(i -> "l.a" + i)
                    .collect(Collectors.joining(", ", "\"" + name + "\"(", ")"));
        }
        if (name.equals(ArrayOperators.SLICE)) {
            return "l.a0[l.a1:l.a2]";
        }
        String symbol = name.replaceFirst("(any|all)$", " $1");
        return arguments == 1 ? name + " l.a0" : "l.a0 " + symbol + " (l.a1)";
    }

    private static void compare(Overload overload, String call) throws SQLException {
        Tables tables = Tables.copyOf(List.of("arguments"));
        String sql = "SELECT l.id, %s FROM arguments l".formatted(call);
        CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
        Column expected = Oracle.get().columns(sql).getLast();
        assertEquals(expected.type(), query.columns().getLast().type(), call);
        Map<Pair, Outcome> inPostgres =
                Outcomes.inPostgres(call, expected.type().type(), "arguments", "single");
        Map<Integer, Outcome> here = interpreted(query, tables.rows("arguments"));
        List<String> differences = new ArrayList<>();
        inPostgres.forEach((pair, outcome) -> {
            Outcome ours = here.get(pair.left());
            if (!KNOWN.allows(overload.declared(), outcome, ours)) {
                differences.add(argumentsOf(tables, pair.left()) + ": Postgres " + outcome + ", here " + ours);
            }
        });
        assertEquals(
                List.of(),
                differences.stream().limit(MAX_DIFFERENCES).toList(),
                () -> call + ": " + differences.size() + " of " + here.size());
        boolean failed = here.values().stream().anyMatch(outcome -> outcome.error() != null);
        assertTrue(!failed || overload.function().mayFail(), () -> call + " cannot fail, it says");
        generated(query, tables, here);
    }

    private static String argumentsOf(Tables tables, int id) {
        return tables.rows("arguments").stream()
                .filter(row -> Integer.valueOf(id).equals(row.get(0)))
                .findFirst()
                .map(String::valueOf)
                .orElseThrow();
    }

    private static Map<Integer, Outcome> interpreted(CompiledQuery query, Collection<Row> rows) {
        Plan.Project project = (Plan.Project) query.plan();
        Expression expression = project.expressions().getLast();
        Map<Integer, Outcome> outcomes = new TreeMap<>();
        for (Row row : rows) {
            Outcome outcome;
            try {
                outcome = new Outcome(expression.evaluate(row), null);
            } catch (MillraceException e) {
                assertEquals(ErrorCode.DATA_ERROR, e.code(), e.getMessage());
                outcome = new Outcome(null, "22");
            }
            outcomes.put((Integer) row.get(0), outcome);
        }
        return outcomes;
    }

    /** Generated code gives the rows that have a value the same, and as many errors as there are others. */
    private static void generated(CompiledQuery query, Tables tables, Map<Integer, Outcome> interpreted) {
        View view = tables.install(query);
        List<Row> rows = view.rows();
        for (Row row : rows) {
            assertTrue(
                    outcome(interpreted, row).same(new Outcome(row.get(1), null)),
                    () -> row + " in generated code, " + outcome(interpreted, row) + " interpreted");
        }
        assertEquals(interpreted.size(), rows.size() + view.errorCount());
    }

    private static Outcome outcome(Map<Integer, Outcome> outcomes, Row row) {
        return Objects.requireNonNull(outcomes.get((Integer) row.get(0)));
    }
}
