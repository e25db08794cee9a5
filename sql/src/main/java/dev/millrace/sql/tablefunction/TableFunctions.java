package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.SessionZone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The table functions that a query can name. */
public final class TableFunctions {
    private static final Set<DataType> NUMBERS =
            EnumSet.of(DataType.INT2, DataType.INT4, DataType.INT8, DataType.NUMERIC);
    private static final Set<DataType> TIMES = EnumSet.of(DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMPTZ);
    private static final int MAX_SERIES_ARGUMENTS = 3;

    private static final List<TableOperator> ALL = all();

    /** For the validator. */
    public static final SqlOperatorTable OPERATORS = SqlOperatorTables.of(ALL);

    private TableFunctions() {}

    /** The function of a name, which may say {@code with ordinality}. */
    public static Optional<TableOperator> find(String name) {
        return ALL.stream()
                .filter(operator -> operator.getName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static List<TableOperator> all() {
        List<TableOperator> all = new ArrayList<>();
        all.add(new TableOperator("generate_series", List.of(), TableFunctions::series));
        all.add(new TableOperator("unnest", List.of(), TableFunctions::unnest));
        all.add(new TableOperator("string_to_table", List.of(), texts(DataType.TEXT, new StringToTable())));
        all.add(new TableOperator("regexp_split_to_table", List.of(), texts(DataType.TEXT, new RegexRows(true))));
        all.add(new TableOperator("regexp_matches", List.of(), texts(DataType.TEXT_ARRAY, new RegexRows(false))));
        for (DataType type : List.of(DataType.JSON, DataType.JSONB)) {
            String prefix = type.sqlName();
            all.add(json(type, prefix + "_array_elements", JsonRows.Part.ELEMENTS, false));
            all.add(json(type, prefix + "_array_elements_text", JsonRows.Part.ELEMENTS, true));
            all.add(json(type, prefix + "_each", JsonRows.Part.MEMBERS, false));
            all.add(json(type, prefix + "_each_text", JsonRows.Part.MEMBERS, true));
            all.add(json(type, prefix + "_object_keys", JsonRows.Part.KEYS, false));
        }
        return Stream.concat(all.stream(), all.stream().map(TableOperator::numbered))
                .toList();
    }

    private static TableOperator json(DataType type, String name, JsonRows.Part part, boolean asText) {
        DataType value = asText ? DataType.TEXT : type;
        List<String> names = switch (part) {
            case ELEMENTS -> List.of("value");
            case MEMBERS -> List.of("key", "value");
            case KEYS -> List.of();
        };
        List<DataType> columns = switch (part) {
            case ELEMENTS -> List.of(value);
            case MEMBERS -> List.of(DataType.TEXT, value);
            case KEYS -> List.of(DataType.TEXT);
        };
        Signature signature = new Signature(List.of(type), new JsonRows(name, part, asText), columns);
        return new TableOperator(
                name,
                names,
                arguments -> arguments.size() == 1 && arguments.getFirst().orElse(type) == type
                        ? Optional.of(signature)
                        : Optional.empty());
    }

    /** A function of two or three texts. */
    private static TableOperator.Overloads texts(DataType column, TableFunction function) {
        return arguments -> {
            boolean fits = (arguments.size() == 2 || arguments.size() == MAX_SERIES_ARGUMENTS)
                    && arguments.stream().allMatch(type -> type.orElse(DataType.TEXT) == DataType.TEXT);
            return fits
                    ? Optional.of(new Signature(
                            Collections.nCopies(arguments.size(), DataType.TEXT), function, List.of(column)))
                    : Optional.empty();
        };
    }

    private static Optional<Signature> unnest(List<Optional<DataType>> arguments) {
        boolean arrays = !arguments.isEmpty()
                && arguments.stream()
                        .allMatch(type -> type.filter(DataType::isArray).isPresent());
        if (!arrays) {
            return Optional.empty();
        }
        List<DataType> types = arguments.stream().flatMap(Optional::stream).toList();
        return Optional.of(new Signature(
                types, new Unnest(), types.stream().map(DataType::element).toList()));
    }

    /** Of numbers the widest type counts; of times timestamptz, which dates alone become as well, then timestamp. */
    private static Optional<Signature> series(List<Optional<DataType>> arguments) {
        if (arguments.size() < 2 || arguments.size() > MAX_SERIES_ARGUMENTS) {
            return Optional.empty();
        }
        List<DataType> known = arguments.stream().flatMap(Optional::stream).toList();
        if (known.stream().allMatch(NUMBERS::contains)) {
            DataType widest = known.stream().reduce(DataType.INT4, (a, b) -> a.compareTo(b) > 0 ? a : b);
            TableFunction function = widest == DataType.NUMERIC ? new Series(widest) : new GenerateSeries(widest);
            return Optional.of(new Signature(Collections.nCopies(arguments.size(), widest), function, List.of(widest)));
        }
        List<DataType> bounds =
                arguments.subList(0, 2).stream().flatMap(Optional::stream).toList();
        boolean times = arguments.size() == MAX_SERIES_ARGUMENTS
                && arguments.getLast().orElse(DataType.INTERVAL) == DataType.INTERVAL
                && !bounds.isEmpty()
                && TIMES.containsAll(bounds);
        if (!times) {
            return Optional.empty();
        }
        DataType type = bounds.contains(DataType.TIMESTAMP) && !bounds.contains(DataType.TIMESTAMPTZ)
                ? DataType.TIMESTAMP
                : DataType.TIMESTAMPTZ;
        if (type == DataType.TIMESTAMPTZ && !SessionZone.isUtc(SessionZone.current())) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "generate_series of timestamptz cannot be kept live in the time zone " + SessionZone.current()
                            + " yet; write it of timestamps, or set the time zone to UTC");
        }
        return Optional.of(new Signature(List.of(type, type, DataType.INTERVAL), new Series(type), List.of(type)));
    }
}
