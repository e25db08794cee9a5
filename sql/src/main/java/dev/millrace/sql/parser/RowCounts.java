package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes what LIMIT and OFFSET count as the parser takes it, a number or a parameter: {@code (3 - 1) * 10} as 20, {@code '5'} as 5, {@code 2.5} as 3, {@code $1::int} as {@code $1}. What is neither stays as it
 * is.
 */
final class RowCounts {
    private static final Set<String> INTEGERS = Set.of("int", "integer", "int4");
    private static final Set<String> LONGS = Set.of("bigint", "int8");
    private static final Set<Integer> ENDS = Set.of(EOF, RPAREN, LIMIT, OFFSET, FETCH, ROW, ROWS);
    private static final int MAX_DIGITS = 18;

    private final List<Token> tokens;
    private int at;

    private RowCounts(List<Token> tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    static List<Token> rewrite(List<Token> tokens) {
        List<Token> rewritten = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at++);
            rewritten.add(token);
            if (token.kind == LIMIT || token.kind == OFFSET) {
                RowCounts counted = new RowCounts(tokens, at);
                Optional<Token> count = counted.count();
                if (count.isPresent()) {
                    rewritten.add(count.get());
                    at = counted.at;
                }
            }
        }
        return rewritten;
    }

    private Optional<Token> count() {
        Token first = tokens.get(at);
        int start = at;
        Optional<Token> parameter = parameter().filter(_ -> ENDS.contains(tokens.get(at).kind));
        if (parameter.isPresent()) {
            return parameter;
        }
        at = start;
        return rounded()
                .or(this::sum)
                .filter(number -> number.signum() >= 0 && ENDS.contains(tokens.get(at).kind))
                .map(number -> InfixCasts.made(UNSIGNED_INTEGER_LITERAL, number.toString(), first));
    }

    /** A parameter, which may be cast to an integer and stand in parentheses. */
    private Optional<Token> parameter() {
        if (tokens.get(at).kind == HOOK) {
            return Optional.of(tokens.get(at++));
        }
        if (accept(LPAREN)) {
            return parameter().filter(_ -> accept(RPAREN));
        }
        return accept(CAST) && accept(LPAREN)
                ? parameter().filter(_ -> accept(AS) && (accept(INTEGERS) || accept(LONGS)) && accept(RPAREN))
                : Optional.empty();
    }

    /** A number by itself need not be whole. */
    private Optional<BigInteger> rounded() {
        Token token = tokens.get(at);
        return accept(DECIMAL_NUMERIC_LITERAL)
                ? Optional.of(new BigDecimal(token.image)
                        .setScale(0, RoundingMode.HALF_UP)
                        .toBigInteger())
                : Optional.empty();
    }

    private Optional<BigInteger> sum() {
        Optional<BigInteger> sum = product();
        while (sum.isPresent() && (tokens.get(at).kind == PLUS || tokens.get(at).kind == MINUS)) {
            boolean plus = tokens.get(at++).kind == PLUS;
            BigInteger left = sum.get();
            sum = product()
                    .map(right -> plus ? left.add(right) : left.subtract(right))
                    .filter(RowCounts::isInteger);
        }
        return sum;
    }

    private Optional<BigInteger> product() {
        Optional<BigInteger> product = factor();
        while (product.isPresent() && accept(STAR)) {
            BigInteger left = product.get();
            product = factor().map(left::multiply).filter(RowCounts::isInteger);
        }
        return product;
    }

    private Optional<BigInteger> factor() {
        Token token = tokens.get(at);
        if (token.kind == UNSIGNED_INTEGER_LITERAL || token.kind == QUOTED_STRING) {
            at++;
            String digits = token.kind == QUOTED_STRING
                    ? token.image.substring(1, token.image.length() - 1).strip()
                    : token.image;
            boolean number = !digits.isEmpty()
                    && digits.length() <= MAX_DIGITS
                    && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? Optional.of(new BigInteger(digits)) : Optional.empty();
        }
        if (accept(LPAREN)) {
            return sum().filter(_ -> accept(RPAREN));
        }
        return accept(CAST) && accept(LPAREN)
                ? sum().filter(number ->
                        accept(AS) && (accept(LONGS) || (accept(INTEGERS) && isInteger(number))) && accept(RPAREN))
                : Optional.empty();
    }

    /** Whether this is what the operators of integers give, and no error there. */
    private static boolean isInteger(BigInteger number) {
        return number.bitLength() < Integer.SIZE;
    }

    private boolean accept(int kind) {
        boolean accepted = tokens.get(at).kind == kind;
        if (accepted) {
            at++;
        }
        return accepted;
    }

    private boolean accept(Set<String> words) {
        boolean accepted = words.contains(tokens.get(at).image.toLowerCase(Locale.ROOT));
        if (accepted) {
            at++;
        }
        return accepted;
    }
}
