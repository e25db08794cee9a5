package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of a name's overloads a call means, by the rules of Postgres's manual, "Function Type Resolution" (10.3): the one whose types are just those; else of those that the arguments can be
 * converted to implicitly the one with most exact matches, then with most preferred types; last, what is known of quoted literals' places decides.
 */
final class Resolution {
    private Resolution() {}

    /**
     * The overload that is meant.
     *
     * @param arguments their types; empty for a quoted literal, a NULL or a parameter, whose type is unknown
     * @return empty if there is none, or no best one
     */
    static Optional<Overload> of(List<Overload> overloads, List<Optional<DataType>> arguments) {
        List<Overload> candidates = overloads.stream()
                .filter(overload -> overload.takes(arguments.size()) && accepts(overload, arguments))
                .toList();
        Optional<Overload> exact = candidates.stream()
                .filter(candidate -> exactMatches(candidate, arguments) == arguments.size())
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Overload> best = most(candidates, candidate -> exactMatches(candidate, arguments));
        best = most(best, candidate -> exactOrPreferred(candidate, arguments));
        for (int i = 0; i < arguments.size() && best.size() > 1; i++) {
            if (arguments.get(i).isEmpty()) {
                best = byCategory(best, i);
            }
        }
        if (best.size() > 1) {
            best = asTheKnown(best, arguments);
        }
        return best.size() == 1 ? Optional.of(best.getFirst()) : Optional.empty();
    }

    /** As {@link #of}, but an operand of unknown type is first taken to be of the other's. */
    static Optional<Overload> ofOperator(List<Overload> overloads, List<Optional<DataType>> operands) {
        List<DataType> known = operands.stream().flatMap(Optional::stream).toList();
        if (operands.size() == 2 && known.size() == 1) {
            List<Optional<DataType>> same = List.of(Optional.of(known.getFirst()), Optional.of(known.getFirst()));
            Optional<Overload> exact = overloads.stream()
                    .filter(overload -> overload.parameters().equals(same))
                    .findFirst();
            if (exact.isPresent()) {
                return exact;
            }
        }
        return of(overloads, operands);
    }

    private static boolean accepts(Overload overload, List<Optional<DataType>> arguments) {
        return IntStream.range(0, arguments.size()).allMatch(i -> {
            Optional<DataType> parameter = overload.parameter(i);
            Optional<DataType> argument = arguments.get(i);
            return parameter.isEmpty() || argument.isEmpty() || isImplicit(argument.get(), parameter.get());
        });
    }

    /** Whether values of one type become those of the other without a cast. */
    static boolean isImplicit(DataType from, DataType to) {
        if (from == to) {
            return true;
        }
        return switch (from) {
            case INT2 -> to == DataType.INT4 || isImplicit(DataType.INT4, to);
            case INT4 -> to == DataType.INT8 || isImplicit(DataType.INT8, to);
            case INT8 -> to == DataType.NUMERIC || to == DataType.OID || isImplicit(DataType.NUMERIC, to);
            case NUMERIC -> to == DataType.FLOAT4 || to == DataType.FLOAT8;
            case FLOAT4 -> to == DataType.FLOAT8;
            case CHAR -> to == DataType.TEXT;
            case DATE -> to == DataType.TIMESTAMP || to == DataType.TIMESTAMPTZ;
            case TIMESTAMP -> to == DataType.TIMESTAMPTZ;
            case TIME -> to == DataType.TIMETZ || to == DataType.INTERVAL;
            default -> false;
        };
    }

    private static int exactMatches(Overload overload, List<Optional<DataType>> arguments) {
        return (int) IntStream.range(0, arguments.size())
                .filter(i ->
                        arguments.get(i).isPresent() && overload.parameter(i).equals(arguments.get(i)))
                .count();
    }

    private static int exactOrPreferred(Overload overload, List<Optional<DataType>> arguments) {
        return (int) IntStream.range(0, arguments.size())
                .filter(i -> arguments.get(i).isPresent()
                        && (overload.parameter(i).equals(arguments.get(i))
                                || overload.parameter(i)
                                        .filter(Resolution::isPreferred)
                                        .isPresent()))
                .count();
    }

    private static List<Overload> most(List<Overload> candidates, ToIntFunction<Overload> measure) {
        int most = candidates.stream().mapToInt(measure).max().orElse(0);
        return candidates.stream()
                .filter(candidate -> measure.applyAsInt(candidate) == most)
                .toList();
    }

    /** For a literal: text if one takes that, else the category that all agree on, and its preferred type if one takes that. */
    private static List<Overload> byCategory(List<Overload> candidates, int argument) {
        List<Category> categories = candidates.stream()
                .map(candidate ->
                        candidate.parameter(argument).map(Resolution::category).orElse(Category.TEXT))
                .distinct()
                .toList();
        boolean text = categories.contains(Category.TEXT);
        if (!text && categories.size() > 1) {
            return candidates;
        }
        Category chosen = text ? Category.TEXT : categories.getFirst();
        List<Overload> ofCategory = candidates.stream()
                .filter(candidate ->
                        candidate.parameter(argument).map(Resolution::category).orElse(Category.TEXT) == chosen)
                .toList();
        List<Overload> preferred = ofCategory.stream()
                .filter(candidate -> candidate
                        .parameter(argument)
                        .filter(Resolution::isPreferred)
                        .isPresent())
                .toList();
        return preferred.isEmpty() ? ofCategory : preferred;
    }

    /** If all known arguments are of one type, the unknown ones are taken for it. */
    private static List<Overload> asTheKnown(List<Overload> candidates, List<Optional<DataType>> arguments) {
        List<DataType> known =
                new ArrayList<>(arguments.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
        if (known.size() != 1) {
            return candidates;
        }
        DataType type = Objects.requireNonNull(known.getFirst());
        return candidates.stream()
                .filter(candidate -> IntStream.range(0, arguments.size())
                        .allMatch(i -> candidate
                                .parameter(i)
                                .filter(p -> isImplicit(type, p))
                                .isPresent()))
                .toList();
    }

    private enum Category {
        NUMBER,
        TEXT,
        TIME,
        SPAN,
        OTHER
    }

    private static Category category(DataType type) {
        return switch (type) {
            case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> Category.NUMBER;
            case TEXT, CHAR -> Category.TEXT;
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ -> Category.TIME;
            case INTERVAL -> Category.SPAN;
            case OID -> Category.NUMBER;
            default -> Category.OTHER;
        };
    }

    private static boolean isPreferred(DataType type) {
        return type == DataType.FLOAT8
                || type == DataType.TEXT
                || type == DataType.TIMESTAMPTZ
                || type == DataType.INTERVAL
                || type == DataType.OID
                || type == DataType.BOOL;
    }
}
