package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A random table. Columns of one name have one type in all tables, so that NATURAL and USING find them.
 *
 * @param key the columns of the primary key; without one the replica identity is the whole row
 */
record Table(String name, List<Column> columns, List<String> key) {
    private static final List<Column> COMMON =
            List.of(column("i", Type.INT4), column("j", Type.INT8), column("s", Type.TEXT), column("n", Type.NUMERIC));

    static Table random(int number, Dice dice) {
        List<Column> columns = new ArrayList<>();
        columns.add(column("k", Type.INT4));
        for (Column common : COMMON) {
            if (dice.percent(55)) {
                columns.add(common);
            }
        }
        Set<Type> types = EnumSet.noneOf(Type.class);
        for (int more = dice.between(1, 4); more > 0; more--) {
            types.add(dice.one(List.of(Type.values())));
        }
        types.forEach(type -> columns.add(column(type.identifier() + "_" + number, type)));
        List<String> key = switch (dice.below(4)) {
            case 0 -> List.of();
            case 1 ->
                columns.size() > 2 && columns.get(1).type() != Type.NUMERIC
                        ? List.of("k", columns.get(1).name())
                        : List.of("k");
            default -> List.of("k");
        };
        return new Table("t" + number, List.copyOf(columns), key);
    }

    private static Column column(String name, Type type) {
        double bound = type.isNumber() ? 2048 : 0;
        return new Column(name, type, bound, true);
    }

    /** The statements that create it. */
    String definition() {
        String list = columns.stream()
                .map(column -> column.name() + " " + column.type().declaration())
                .collect(Collectors.joining(", "));
        return key.isEmpty()
                ? "CREATE TABLE %s (%s);\nALTER TABLE %s REPLICA IDENTITY FULL;".formatted(name, list, name)
                : "CREATE TABLE %s (%s, PRIMARY KEY (%s));".formatted(name, list, String.join(", ", key));
    }

    boolean isKey(Column column) {
        return key.contains(column.name());
    }
}
