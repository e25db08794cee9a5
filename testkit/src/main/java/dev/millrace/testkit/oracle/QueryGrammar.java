package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Random whole queries: selections, what combines them, and what stands around them. */
final class QueryGrammar {
    private static final int DEPTH = 3;
    private final Grammar grammar;
    private final Dice dice;

    QueryGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** A query as a user writes it. */
    Query whole() {
        if (dice.uses(Feature.DATA_ERROR, 3)) {
            return new FailingGrammar(grammar).query();
        }
        if (dice.uses(Feature.ANY_FUNCTION, 5)) {
            return new FunctionGrammar(grammar).query();
        }
        List<Sql> definitions = new ArrayList<>();
        boolean recursive = dice.uses(Feature.RECURSION, 4);
        if (!recursive && dice.uses(Feature.PARAMETER, 12)) {
            grammar.parameters.allow();
        }
        if (recursive) {
            define(new RecursionGrammar(grammar).definition(), definitions);
        }
        if (dice.uses(Feature.CTE, 10)) {
            for (int more = dice.between(1, 2); more > 0; more--) {
                Query query = query(List.of(), List.of(), 2);
                define(new RecursionGrammar.Definition(dice.name("w"), "", query), definitions);
            }
        }
        Query query = query(List.of(), List.of(), DEPTH);
        if (definitions.isEmpty()) {
            return query;
        }
        return new Query(
                Sql.phrase(
                        Sql.Kind.QUERY,
                        Sql.sequence("WITH", recursive ? "RECURSIVE" : "", Sql.list(1, definitions)),
                        query.sql()),
                query.columns());
    }

    private void define(RecursionGrammar.Definition definition, List<Sql> definitions) {
        definitions.add(Sql.sequence(
                definition.name() + definition.names(),
                "AS (",
                definition.query().sql(),
                ")"));
        grammar.relations.add(
                new Grammar.Relation(definition.name(), definition.query().columns()));
    }

    /** @param wanted the types of its columns; any if empty */
    Query query(List<Expression> outer, List<Type> wanted, int depth) {
        if (depth > 1 && dice.percent(14)) {
            return combined(outer, wanted, depth);
        }
        Query query = grammar.selects.select(outer, wanted, depth);
        boolean exact = query.columns().stream().allMatch(column -> column.exact() && column.type() != Type.JSONB);
        if (exact && dice.uses(Feature.LIMIT, 10)) {
            return limited(query);
        }
        if (exact && dice.uses(Feature.DISTINCT_ON, 4)) {
            return first(query);
        }
        return query;
    }

    /** A query below another, which may name what that one sees. */
    Query subquery(Scope around, List<Type> wanted, int depth) {
        return query(around.below(), wanted, Math.max(depth, 0));
    }

    /** A sub-query of at most one row as a value. */
    Expression scalar(Type type, Scope around, int depth) {
        Query query = subquery(around, List.of(type), depth);
        Column column = query.columns().getFirst();
        String alias = dice.name("q");
        Sql sql = type.hasExtremes() && dice.percent(70)
                ? Sql.sequence(
                        "(SELECT",
                        dice.one("min", "max") + "(" + alias + "." + column.name() + ")",
                        "FROM (",
                        query.sql(),
                        ")",
                        alias,
                        ")")
                : Sql.sequence(
                        "(SELECT",
                        alias + "." + column.name(),
                        "FROM (",
                        query.sql(),
                        ")",
                        alias,
                        "ORDER BY 1 LIMIT 1)");
        return Expression.of(type, column.bound(), sql);
    }

    private Query combined(List<Expression> outer, List<Type> wanted, int depth) {
        String operation = null;
        if (dice.uses(Feature.UNION, 50)) {
            operation = "UNION";
        } else if (dice.uses(Feature.INTERSECT, 50)) {
            operation = "INTERSECT";
        } else if (dice.uses(Feature.EXCEPT, 100)) {
            operation = "EXCEPT";
        }
        if (operation == null) {
            return grammar.selects.select(outer, wanted, depth);
        }
        List<Type> types = new ArrayList<>(wanted);
        for (int more = wanted.isEmpty() ? dice.between(1, 2) : 0; more > 0; more--) {
            types.add(dice.one(List.of(Type.INT4, Type.INT4, Type.TEXT, Type.NUMERIC, Type.INT8, Type.BOOL)));
        }
        Query left = query(outer, types, depth - 1);
        Query right = query(outer, types, depth - 1);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Column one = left.columns().get(i);
            double bound = Math.max(one.bound(), right.columns().get(i).bound());
            columns.add(new Column(one.name(), one.type(), bound, true));
        }
        Sql all = dice.percent(50) ? Sql.clause("ALL") : Sql.Words.NONE;
        return new Query(
                Sql.phrase(Sql.Kind.QUERY, "(", left.sql(), ")", operation, all, "(", right.sql(), ")"), columns);
    }

    private Query limited(Query query) {
        String alias = dice.name("q");
        List<Sql> keys = new ArrayList<>();
        query.columns()
                .forEach(column -> keys.add(Sql.sequence(
                        alias + "." + column.name(), dice.one("", "", "DESC", "NULLS FIRST", "DESC NULLS LAST"))));
        Sql sql = Sql.phrase(
                Sql.Kind.QUERY,
                "SELECT * FROM (",
                query.sql(),
                ")",
                alias,
                "ORDER BY",
                Sql.sequence(GroupGrammar.separated(keys)),
                "LIMIT",
                dice.one("1", "2", "5", "0"),
                dice.percent(40) ? Sql.clause("OFFSET", dice.one("1", "3")) : Sql.Words.NONE);
        return new Query(sql, query.columns());
    }

    private Query first(Query query) {
        String alias = dice.name("q");
        List<Sql> keys = new ArrayList<>();
        query.columns().forEach(column -> keys.add(Sql.sequence(alias + "." + column.name(), dice.one("", "DESC"))));
        Sql sql = Sql.phrase(
                Sql.Kind.QUERY,
                "SELECT DISTINCT ON (" + alias + "."
                        + query.columns().getFirst().name() + ") * FROM (",
                query.sql(),
                ")",
                alias,
                "ORDER BY",
                Sql.sequence(GroupGrammar.separated(keys)));
        return new Query(sql, query.columns());
    }
}
