package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Makes names of words that the parser reserves and Postgres does not, where they cannot mean anything else: every word behind a dot or as a label behind {@code AS}, columns called {@code date} or
 * {@code time}, tables called {@code snapshot}. And drops {@code [NOT] MATERIALIZED} of {@code WITH}, which changes no result.
 */
final class NameWords {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    /** Words that no query of Postgres's has another meaning for. */
    private static final Set<String> NAMES = Set.of(
            "asof",
            "call",
            "cursor",
            "date_part",
            "dateadd",
            "datediff",
            "datepart",
            "datetime",
            "define",
            "delete",
            "describe",
            "drop",
            "explain",
            "insert",
            "json_scope",
            "match_condition",
            "match_recognize",
            "measure",
            "merge",
            "minus",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "new",
            "ordinal",
            "pattern",
            "rollup",
            "safe_cast",
            "safe_offset",
            "safe_ordinal",
            "set",
            "skip",
            "snapshot",
            "stream",
            "try_cast",
            "unsigned",
            "update",
            "values",
            "variant",
            "volatile");

    /** Types, which stand before a literal, and in casts. */
    private static final Set<String> TYPES = Set.of("date", "time", "timestamp", "interval", "uuid");

    /** Words of a window's frame. */
    private static final Set<String> FRAMES = Set.of("range", "row", "rows");

    private static final Set<Integer> LITERALS =
            Set.of(QUOTED_STRING, PREFIXED_STRING_LITERAL, UNICODE_STRING_LITERAL, C_STYLE_ESCAPED_STRING_LITERAL);
    /** What a word for a type stands beside. */
    private static final Set<Integer> OF_TYPES = Set.of(WITH, WITHOUT, AT, RETURNING);
    /** What an operand stands behind. */
    private static final Set<Integer> BEFORE_OPERANDS = Set.of(
            SELECT, DISTINCT, COMMA, LPAREN, WHERE, AND, OR, NOT, ON, HAVING, BY, CASE, WHEN, THEN, ELSE, EQ, LT, GT,
            LE, GE, NE, NE2, PLUS, MINUS, STAR, SLASH, FROM, JOIN);

    private final List<Token> tokens;
    /** Of each open parenthesis whether it is a cast's. */
    private final Deque<Boolean> casts = new ArrayDeque<>();

    private boolean selected;

    private NameWords(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> rewrite(List<Token> tokens) {
        NameWords words = new NameWords(tokens);
        List<Token> rewritten = new ArrayList<>(tokens.size());
        for (int at = 0; at < tokens.size(); at++) {
            if (!words.isMaterialized(at)) {
                rewritten.add(words.read(at));
            }
        }
        return rewritten;
    }

    /** Whether it is of {@code AS MATERIALIZED (} or {@code AS NOT MATERIALIZED (}. */
    private boolean isMaterialized(int at) {
        if (kind(at) == NOT) {
            return kind(at - 1) == AS && isMaterialized(at + 1);
        }
        return kind(at) == IDENTIFIER
                && kind(at + 1) == LPAREN
                && tokens.get(at).image.equalsIgnoreCase("materialized")
                && (kind(at - 1) == AS || (kind(at - 1) == NOT && kind(at - 2) == AS));
    }

    private Token read(int at) {
        Token token = tokens.get(at);
        switch (token.kind) {
            case LPAREN -> casts.push(kind(at - 1) == CAST);
            case RPAREN -> casts.poll();
            case SELECT -> selected = true;
            default -> {
                boolean keyword = token.kind != IDENTIFIER
                        && token.kind != QUOTED_IDENTIFIER
                        && token.kind != HOOK
                        && WORD.matcher(token.image).matches();
                if (keyword && isName(at, token.image.toLowerCase(Locale.ROOT))) {
                    return made(QUOTED_IDENTIFIER, '"' + token.image.toLowerCase(Locale.ROOT) + '"', token);
                }
            }
        }
        return token;
    }

    private boolean isName(int at, String word) {
        int before = kind(at - 1);
        int after = kind(at + 1);
        if (before == DOT) {
            return true;
        }
        boolean inCast = casts.peek() != null && casts.peek();
        if (before == AS && !inCast) {
            return selected || NAMES.contains(word);
        }
        if (after == LPAREN) {
            return false;
        }
        if (TYPES.contains(word)) {
            boolean type = LITERALS.contains(after)
                    || OF_TYPES.contains(before)
                    || OF_TYPES.contains(after)
                    || before == INFIX_CAST
                    || (before == AS && inCast);
            return !type || (before == WITH && after == AS);
        }
        return switch (word) {
            case String frame when FRAMES.contains(frame) -> BEFORE_OPERANDS.contains(before) && after != BETWEEN;
            case "partition" -> after != BY;
            case "next" -> before != FETCH;
            // They begin statements.
            default -> NAMES.contains(word) && at > 0;
        };
    }

    private int kind(int at) {
        return at < 0 || at >= tokens.size() ? EOF : tokens.get(at).kind;
    }
}
