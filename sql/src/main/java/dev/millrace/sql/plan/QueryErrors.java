package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.function.Collate;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.function.Overload;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.tablefunction.TableFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;

/** Gives the validator's findings their code, their place and the name that was probably meant. */
final class QueryErrors {
    private static final Pattern TABLE = Pattern.compile("(?:Object|Table) '(.*?)' not found(?: within '(.*?)')?.*");
    private static final Pattern COLUMN = Pattern.compile("Column '(.*?)' not found in (any table|table '.*').*");
    private static final Pattern FUNCTION =
            Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);

    private static final Pattern MISAPPLIED =
            Pattern.compile("Cannot apply '(.*?)' to arguments of type '(.*?)'\\..*", Pattern.DOTALL);

    /** What tells an enum type from others of its name. */
    private static final Pattern ENUM_ID = Pattern.compile(" #\\d+");

    /** What Postgres has and the planner has not heard of. */
    private static final Set<String> KNOWN_FUNCTIONS = Set.of(
            "timeofday",
            "date_bin",
            "age",
            "to_char",
            "to_date",
            "to_number",
            "json_object_agg",
            "jsonb_object_agg",
            "row_to_json",
            "percentile_cont",
            "percentile_disc",
            "mode",
            "format");

    private static final int MAX_OVERLOADS = 4;
    private static final String UNTYPED = "Illegal use of dynamic parameter";

    private final SourceText source;
    private final Catalog catalog;
    private final SqlOperatorTable operators;

    QueryErrors(SourceText source, Catalog catalog, SqlOperatorTable operators) {
        this.source = source;
        this.catalog = catalog;
        this.operators = operators;
    }

    MillraceException translate(CalciteContextException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = ENUM_ID.matcher(String.valueOf(cause.getMessage())).replaceAll("");
        Matcher table = TABLE.matcher(message);
        if (table.matches()) {
            String name = table.group(2) == null ? table.group(1) : table.group(2) + "." + table.group(1);
            return at(
                    e,
                    ErrorCode.UNKNOWN_TABLE,
                    "there is no table '" + name + "'" + NearestName.suggestion(name, tables()));
        }
        Matcher column = COLUMN.matcher(message);
        if (column.matches()) {
            String where = column.group(2).equals("any table") ? "" : " in " + column.group(2);
            return at(
                    e,
                    ErrorCode.UNKNOWN_COLUMN,
                    "there is no column '" + column.group(1) + "'" + where
                            + NearestName.suggestion(column.group(1), columns()));
        }
        Matcher function = FUNCTION.matcher(message);
        if (function.matches()) {
            String signature = function.group(1).strip().toLowerCase(Locale.ROOT);
            String name = signature.replaceAll("\\(.*", "");
            Optional<String> collation =
                    Collate.collationOf(function.group(1).strip().replaceAll("\\(.*", ""));
            if (collation.isPresent()) {
                return at(
                        e,
                        ErrorCode.UNSUPPORTED_SQL,
                        collation.get().equals("C")
                                ? "collations are not supported by type " + signature.replaceAll(".*\\(|\\).*", "")
                                : "the collation \"" + collation.get()
                                        + "\" cannot be kept live: texts are ordered by their code points; write COLLATE \"C\"");
            }
            Optional<String> refusal = catalog.functions().refusal(name);
            if (refusal.isPresent()) {
                return at(
                        e,
                        ErrorCode.UNSUPPORTED_SQL,
                        "the function " + name + " cannot be kept live: it " + refusal.get());
            }
            Optional<NamedFunction> known = catalog.functions().find(name);
            if (NamedFunction.isOperator(name)) {
                return at(e, ErrorCode.UNKNOWN_FUNCTION, noOperator(infix(name, signature)));
            }
            if (known.isPresent()) {
                return at(
                        e,
                        ErrorCode.UNKNOWN_FUNCTION,
                        "there is no function " + signature + "; there is "
                                + known.get().overloads().stream()
                                        .map(Overload::declared)
                                        .distinct()
                                        .limit(MAX_OVERLOADS)
                                        .map(declared -> declared.substring(0, declared.indexOf(')') + 1))
                                        .collect(Collectors.joining(", ")));
            }
            if (TableFunctions.find(name).isPresent()) {
                return at(
                        e,
                        ErrorCode.UNKNOWN_FUNCTION,
                        "there is no function " + signature
                                + ", or not in this place: a function that gives rows stands in FROM or in a select list");
            }
            if (KNOWN_FUNCTIONS.contains(name)) {
                return at(e, ErrorCode.UNSUPPORTED_SQL, "the function " + name + " cannot be kept live yet");
            }
            return at(
                    e,
                    ErrorCode.UNKNOWN_FUNCTION,
                    "there is no function " + signature.replace("<", "").replace(">", "")
                            + NearestName.suggestion(name, functions()));
        }
        if (message.startsWith("Window expressions are not permitted in the HAVING clause")) {
            return at(
                    e,
                    ErrorCode.UNSUPPORTED_SQL,
                    "a window function or DISTINCT ON in HAVING, also within a subquery, cannot be kept live yet; filter above the grouping");
        }
        Matcher misapplied = MISAPPLIED.matcher(message);
        if (misapplied.matches()) {
            String types = readable(misapplied.group(2));
            if (NamedFunction.isOperator(misapplied.group(1))) {
                return at(e, ErrorCode.INVALID_QUERY, noOperator(types));
            }
            return at(
                    e,
                    ErrorCode.INVALID_QUERY,
                    "'" + misapplied.group(1).toLowerCase(Locale.ROOT) + "' does not take such operands: " + types
                            + "; add a cast");
        }
        if (message.startsWith(UNTYPED)) {
            String parameter = source.from(e.getPosLine(), e.getPosColumn()).replaceAll("(?s)^(\\$\\d+).*", "$1");
            return at(e, ErrorCode.INVALID_QUERY, untyped(parameter));
        }
        return at(e, ErrorCode.INVALID_QUERY, message.strip());
    }

    private static String noOperator(String use) {
        return "operator does not exist: " + use
                + "; no operator matches the given types, you might need to add a cast";
    }

    /** {@code text @> int4} for {@code @>(text, int4)}. */
    private static String infix(String operator, String signature) {
        String[] types = signature
                .substring(operator.length())
                .replaceAll("^\\(|\\)$", "")
                .split(", ", 2);
        return types.length == 1 ? operator + " " + types[0] : types[0] + " " + operator + " " + types[1];
    }

    static String untyped(String parameter) {
        return "could not determine the type of parameter " + parameter + "; add a cast, such as " + parameter
                + "::text";
    }

    /** The planner's names of types without what only it knows. */
    private static String readable(String types) {
        return types.toLowerCase(Locale.ROOT)
                .replaceAll("[<>]", "")
                .replace("varchar(10485761)", "unknown")
                .replaceAll("\\bvarchar\\b(?!\\()", "text")
                .replace("decimal(2000, 1000)", "numeric")
                .replaceAll("timestamp(_with_local_time_zone)?\\(6\\)", "timestamp");
    }

    private MillraceException at(CalciteContextException e, ErrorCode code, String what) {
        return source.error(code, what, e.getPosLine(), e.getPosColumn());
    }

    private List<String> tables() {
        return catalog.relations().stream()
                .flatMap(table -> Stream.of(table.name(), table.schema() + "." + table.name()))
                .toList();
    }

    /** The columns of the tables that the text speaks of. */
    private List<String> columns() {
        return catalog.relations().stream()
                .filter(table -> source.text().contains(table.name()))
                .flatMap(table -> table.columns().stream().map(CatalogTable.Column::name))
                .toList();
    }

    private List<String> functions() {
        return operators.getOperatorList().stream()
                .map(SqlOperator::getName)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }
}
