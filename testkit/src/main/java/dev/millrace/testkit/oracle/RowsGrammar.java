package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Random calls of functions that give rows, few for each call, and never failing. */
final class RowsGrammar {
    private final Grammar grammar;
    private final Dice dice;

    RowsGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** What stands in FROM, and the columns that it gives. */
    record Call(Sql sql, List<Expression> columns) {}

    /** A call and the types of its columns. */
    private record Rows(Sql call, List<Type> types) {
        static Rows of(Type type, Object... call) {
            return new Rows(Sql.sequence(call), List.of(type));
        }
    }

    Call call(Scope scope) {
        Rows rows = rows(scope);
        String alias = dice.name("q");
        List<Column> columns = new ArrayList<>();
        rows.types.forEach(type -> columns.add(column(type)));
        boolean numbered = dice.uses(Feature.ORDINALITY, 20);
        if (numbered) {
            columns.add(column(Type.INT8));
        }
        List<Sql> names = columns.stream()
                .<Sql>map(column -> new Sql.Words(column.name()))
                .toList();
        Sql sql = Sql.sequence(
                rows.call,
                numbered ? "WITH ORDINALITY" : "",
                "AS",
                alias + "(",
                Sql.sequence(GroupGrammar.separated(names)),
                ")");
        return new Call(sql, Column.of(alias, columns));
    }

    /** A call in a select list, which gives values of one column. */
    Expression item(Scope scope) {
        Expression array = grammar.values.leaf(Type.INT4_ARRAY, scope);
        Expression text = grammar.values.leaf(Type.TEXT, scope);
        return dice.make(
                () -> Expression.of(Type.INT4, 2048, "unnest(", array.sql(), ")"),
                () -> Expression.of(Type.TEXT, 0, "string_to_table(", text.sql(), ", 'e')"),
                () -> Expression.of(Type.INT4, 2048, "generate_series(1,", bounded(scope), ")"));
    }

    private Column column(Type type) {
        return new Column(dice.name("v"), type, type.isNumber() ? 2048 : 0, true);
    }

    private Rows rows(Scope scope) {
        Sql text = grammar.values.leaf(Type.TEXT, scope).sql();
        Sql json = grammar.values.leaf(Type.JSONB, scope).sql();
        return dice.make(
                () -> Rows.of(Type.INT4, "generate_series(", dice.one("1", "-1"), ",", bounded(scope), ")"),
                () -> Rows.of(Type.INT4, "generate_series(", bounded(scope), ", 0, -2)"),
                () -> Rows.of(
                        Type.NUMERIC,
                        "generate_series( 0.5, least( 3,",
                        grammar.values.leaf(Type.NUMERIC, scope).sql(),
                        "), 1.25)"),
                () -> Rows.of(Type.TEXT, "string_to_table(", text, ", 'e')"),
                () -> Rows.of(Type.TEXT, "regexp_split_to_table(", text, ",", dice.one("'e+'", "'[aeu]'", "''"), ")"),
                () -> Rows.of(
                        Type.INT4,
                        "unnest(",
                        grammar.values.leaf(Type.INT4_ARRAY, scope).sql(),
                        ")"),
                () -> Rows.of(
                        Type.TEXT,
                        "unnest(",
                        grammar.values.leaf(Type.TEXT_ARRAY, scope).sql(),
                        ")"),
                () -> Rows.of(Type.JSONB, "jsonb_array_elements(", of("array", json, "[]"), ")"),
                () -> Rows.of(Type.TEXT, "jsonb_array_elements_text(", of("array", json, "[1]"), ")"),
                () -> Rows.of(Type.TEXT, "jsonb_object_keys(", of("object", json, "{}"), ")"),
                () -> new Rows(
                        Sql.sequence("jsonb_each(", of("object", json, "{}"), ")"), List.of(Type.TEXT, Type.JSONB)),
                () -> new Rows(
                        Sql.sequence("json_each_text(", of("object", json, "{}"), "::json)"),
                        List.of(Type.TEXT, Type.TEXT)));
    }

    private Sql bounded(Scope scope) {
        return Sql.sequence("least( 4,", grammar.values.leaf(Type.INT4, scope).sql(), ")");
    }

    /** What is of another kind has no elements. */
    private static Sql of(String kind, Sql json, String otherwise) {
        return Sql.sequence(
                "( CASE WHEN jsonb_typeof(",
                json,
                ") = '" + kind + "' THEN",
                json,
                "ELSE '" + otherwise + "'::jsonb END )");
    }
}
