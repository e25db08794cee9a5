package dev.millrace.sql.parser;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words after which an operand begins. */
final class OperandWords {
    private static final Set<String> ALL = Set.of(
            "and",
            "or",
            "not",
            "in",
            "then",
            "else",
            "when",
            "case",
            "select",
            "distinct",
            "all",
            "where",
            "on",
            "between",
            "like",
            "ilike",
            "similar",
            "escape",
            "is",
            "having",
            "by",
            "limit",
            "offset",
            "values",
            "from",
            "using",
            "any",
            "some",
            "to",
            "for",
            "as",
            "return");

    private OperandWords() {}

    /** These words and some more. */
    static Set<String> and(String... more) {
        return Stream.concat(ALL.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
