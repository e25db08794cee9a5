package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of any function that there is, with columns and literals of the types that it takes. It may fail for some rows, so it stands where Postgres surely evaluates it: in the SELECT list over one
 * table, or as what that is grouped by.
 */
final class FunctionGrammar {
    /** The operands of {@code a[b:c]}. */
    private static final int SLICE = 3;

    private static final int TRIES = 40;

    /** Literals of types that no column has, and what a text has to be for some functions to have a result. */
    private static final Map<String, List<String>> LITERALS = Map.of(
            "timetz", List.of("12:30:00+02", "00:00:00-08"),
            "json", List.of("{\"a\": {\"b\": 2}}", "[1, \"x\", null]", "\"s\"", "{\"a\":1, \"a\":2}"),
            "oid", List.of("0", "42"),
            "float8[]", List.of("{0.25,0.5}", "{1}"),
            "numeric[]", List.of("{1.50,2}", "{}"));

    private static final Map<String, List<String>> FIRST_TEXTS = Map.of(
            "date_part", List.of("year", "month", "dow", "epoch", "second", "quarter"),
            "extract", List.of("year", "day", "week", "isodow", "epoch", "microseconds"),
            "date_trunc", List.of("hour", "month", "week", "quarter", "century"),
            "date_bin", List.of("1 hour", "15 minutes"),
            "timezone", List.of("Europe/Berlin", "America/New_York", "+03:30", "EST"),
            "decode", List.of("616263", "YWJj", "a\\142"));

    private static final Map<String, List<String>> LATER_TEXTS = Map.of(
            "encode", List.of("hex", "base64", "escape"),
            "decode", List.of("hex", "base64", "escape"),
            "to_char", List.of("YYYY-MM-DD HH24:MI:SS", "Day, DD Mon", "Q WW", "999.99", "FM0000.00", "S99V9"),
            "to_date", List.of("YYYY-MM-DD", "DD Mon YYYY"),
            "to_number", List.of("999.99", "99"),
            "regexp_replace", List.of("e+", "g", "[a-c]"),
            "regexp_split_to_array", List.of("e", "\\s*", "i"));

    private final Grammar grammar;
    private final Dice dice;

    FunctionGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    Query query() {
        Table table = dice.one(grammar.tables);
        String alias = dice.name("q");
        String column = dice.name("c");
        Sql call = call(Column.of(alias, table.columns()));
        boolean grouped = dice.percent(20);
        String key = alias + "." + table.columns().getFirst().name();
        Sql sql = Sql.phrase(
                Sql.Kind.QUERY,
                "SELECT",
                Sql.sequence(call, "AS", column),
                ", " + (grouped ? "count(*)" : key) + " AS",
                dice.name("c"),
                "FROM",
                table.name(),
                alias,
                Sql.clause("WHERE", key, dice.one("< 6", "> 3", "<> 5")),
                grouped ? "GROUP BY 1" : "");
        return new Query(sql, List.of(new Column(column, Type.TEXT, 0, false)));
    }

    private Sql call(List<Expression> columns) {
        for (int i = 0; i < TRIES; i++) {
            Signature signature = dice.one(Signature.known());
            Optional<List<Sql>> arguments = arguments(signature, columns);
            if (arguments.isPresent()) {
                return call(signature, arguments.get());
            }
        }
        return Sql.sequence("NULL");
    }

    /** As in the test of single functions: {@code =any} is {@code = ANY (…)}, an operator of one operand stands before it, that of three is a slice. */
    private static Sql call(Signature signature, List<Sql> arguments) {
        if (!signature.isOperator()) {
            return Sql.sequence("\"" + signature.name() + "\"(", Sql.sequence(GroupGrammar.separated(arguments)), ")");
        }
        if (arguments.size() == SLICE) {
            return Sql.sequence("(", arguments.get(0), ")[", arguments.get(1), ":", arguments.get(2), "]");
        }
        String symbol = signature.name().replaceFirst("(any|all)$", " $1");
        return arguments.size() == 1
                ? Sql.sequence("(", symbol, arguments.getFirst(), ")")
                : Sql.sequence("(", arguments.get(0), symbol, "(", arguments.get(1), ") )");
    }

    /** Empty if there are no values of a type. */
    private Optional<List<Sql>> arguments(Signature signature, List<Expression> columns) {
        Type any = dice.one(List.of(Type.INT4, Type.TEXT, Type.BOOL, Type.NUMERIC, Type.INTERVAL));
        Type element = dice.one(List.of(Type.INT4, Type.TEXT));
        List<Sql> arguments = new ArrayList<>();
        for (int i = 0; i < signature.parameters().size(); i++) {
            String declared = signature.parameters().get(i);
            boolean variadic = declared.endsWith("...");
            String type = switch (variadic ? declared.substring(0, declared.length() - 3) : declared) {
                case "any" -> any.sqlName();
                case "anyelement" -> element.sqlName();
                case "anyarray" -> element.sqlName() + "[]";
                case String other -> other;
            };
            for (int more = variadic ? dice.between(1, 3) : 1; more > 0; more--) {
                Optional<Sql> argument = argument(signature.name(), i, type, columns);
                if (argument.isEmpty()) {
                    return Optional.empty();
                }
                arguments.add(argument.get());
            }
        }
        return Optional.of(arguments);
    }

    private Optional<Sql> argument(String function, int index, String type, List<Expression> columns) {
        List<String> meant = type.equals("text")
                ? (index == 0 ? FIRST_TEXTS : LATER_TEXTS).getOrDefault(function, List.of())
                : List.of();
        List<Sql> fitting = columns.stream()
                .filter(column -> column.type().sqlName().equals(type))
                .map(Expression::sql)
                .toList();
        if (!fitting.isEmpty() && meant.isEmpty() && dice.percent(75)) {
            return Optional.of(dice.one(fitting));
        }
        List<String> samples = !meant.isEmpty()
                ? meant
                : Arrays.stream(Type.values())
                        .filter(known -> known.sqlName().equals(type))
                        .findFirst()
                        .map(Type::samples)
                        .orElseGet(() -> LITERALS.getOrDefault(type, List.of()));
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.sequence(dice.percent(6) ? "NULL::" + type : "'" + dice.one(samples) + "'::" + type));
    }
}
