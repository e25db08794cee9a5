package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Random transactions: rows come, change, change their key and go; some tables are emptied, some transactions rolled back. */
final class HistoryGrammar {
    private final Dice dice;
    private final List<Table> tables;

    HistoryGrammar(Dice dice, List<Table> tables) {
        this.dice = dice;
        this.tables = tables;
    }

    List<Transaction> history(int length) {
        List<Transaction> history = new ArrayList<>();
        history.add(new Transaction(tables.stream().map(this::insert).toList(), true));
        while (history.size() < length) {
            List<Sql> statements = IntStream.range(0, dice.between(1, 3))
                    .mapToObj(_ -> statement(dice.one(tables)))
                    .toList();
            history.add(new Transaction(statements, dice.percent(92)));
        }
        return history;
    }

    private Sql statement(Table table) {
        int choice = dice.below(100);
        if (choice < 38) {
            return insert(table);
        }
        if (choice < 68) {
            return update(table);
        }
        if (choice < 78) {
            return changeKey(table);
        }
        if (choice < 96) {
            return Sql.sequence("DELETE FROM", table.name(), "WHERE", condition(table));
        }
        return Sql.sequence(dice.percent(50) ? "TRUNCATE" : "DELETE FROM", table.name());
    }

    private Sql insert(Table table) {
        List<Sql> rows = IntStream.range(0, dice.between(1, 5))
                .<Sql>mapToObj(_ -> {
                    List<Sql> values = table.columns().stream()
                            .<Sql>map(column -> new Sql.Words(value(table, column)))
                            .toList();
                    return Sql.sequence("(", Sql.list(values.size(), values), ")");
                })
                .toList();
        return Sql.sequence(
                "INSERT INTO",
                table.name(),
                "VALUES",
                Sql.list(1, rows),
                table.key().isEmpty() ? "" : "ON CONFLICT DO NOTHING");
    }

    private Sql update(Table table) {
        List<Sql> changes = new ArrayList<>();
        List<Column> others =
                table.columns().stream().filter(column -> !table.isKey(column)).toList();
        if (others.isEmpty()) {
            return changeKey(table);
        }
        Column changed = dice.one(others);
        String value =
                changed.type() == Type.INT4 && dice.percent(30) ? changed.name() + " + 1" : value(table, changed);
        changes.add(new Sql.Words(changed.name() + " = " + value));
        if (others.size() > 1 && dice.percent(40)) {
            Column second = dice.one(others);
            if (!second.equals(changed)) {
                changes.add(new Sql.Words(second.name() + " = " + value(table, second)));
            }
        }
        return Sql.sequence("UPDATE", table.name(), "SET", Sql.list(1, changes), Sql.clause("WHERE", condition(table)));
    }

    /** A key that is taken makes the whole transaction fail, as it would a user's. */
    private Sql changeKey(Table table) {
        String shift = dice.one("k + 7", "k + 100", "-k");
        return Sql.sequence("UPDATE", table.name(), "SET k =", shift, "WHERE k =", String.valueOf(dice.below(12)));
    }

    private Sql condition(Table table) {
        Column column = dice.percent(60) ? table.columns().getFirst() : dice.one(table.columns());
        String value = column.name().equals("k") ? String.valueOf(dice.below(12)) : literal(column.type());
        String comparison = dice.one("=", "=", "=", ">");
        return Sql.sequence(column.name(), comparison, value);
    }

    private String value(Table table, Column column) {
        if (column.name().equals("k")) {
            return String.valueOf(dice.below(12));
        }
        return !table.isKey(column) && dice.percent(14) ? "NULL" : literal(column.type());
    }

    private String literal(Type type) {
        return "'" + dice.one(type.samples()) + "'";
    }
}
