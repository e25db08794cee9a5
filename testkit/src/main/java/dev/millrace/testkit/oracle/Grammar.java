package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** The grammars of one query, which call one another: choices, tables, and how deep things may nest. */
final class Grammar {
    final Dice dice;
    final List<Table> tables;
    final ValueGrammar values;
    final ConditionGrammar conditions;
    final SourceGrammar sources;
    final RowsGrammar rows;
    final SelectGrammar selects;
    final GroupGrammar groups;
    final AggregateGrammar aggregates;
    final WindowGrammar windows;
    final QueryGrammar queries;
    final DialectGrammar dialect;
    final Parameters parameters;
    /** The WITH queries that can be read at this point. */
    final List<Relation> relations = new ArrayList<>();

    /** Something that FROM can name: a table or a WITH query. */
    record Relation(String name, List<Column> columns) {}

    Grammar(Dice dice, List<Table> tables) {
        this.dice = dice;
        this.tables = tables;
        this.values = new ValueGrammar(this);
        this.conditions = new ConditionGrammar(this);
        this.sources = new SourceGrammar(this);
        this.rows = new RowsGrammar(this);
        this.selects = new SelectGrammar(this);
        this.groups = new GroupGrammar(this);
        this.aggregates = new AggregateGrammar(this);
        this.windows = new WindowGrammar(this);
        this.queries = new QueryGrammar(this);
        this.dialect = new DialectGrammar(this);
        this.parameters = new Parameters(dice);
        tables.forEach(table -> relations.add(new Relation(table.name(), table.columns())));
    }
}
