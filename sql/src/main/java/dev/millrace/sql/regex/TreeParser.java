package dev.millrace.sql.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression of Postgres's advanced kind. Follows how Postgres's own (Henry Spencer's) takes branches apart, since what parts prefer and capture depends on it: of x{m,n} with captures the last
 * time is a part of its own, if there is one.
 */
final class TreeParser {
    static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int MOST_TIMES = 255;
    private static final int MAX_DEPTH = 200;

    private final String source;
    private RegexOptions options;
    private int at;
    private int groups;
    private int depth;

    private TreeParser(String source, RegexOptions options) {
        this.source = source;
        this.options = options;
    }

    /** A tree, and how it is to be read. */
    record Parsed(Tree tree, int groups, RegexOptions options) {}

    static Parsed parse(String source, RegexOptions options) {
        TreeParser parser = new TreeParser(source, options);
        parser.prefixes();
        Tree tree = parser.options.literal() ? parser.literal() : parser.choice();
        if (parser.at < source.length()) {
            throw RegexErrors.invalid("parentheses () not balanced");
        }
        return new Parsed(tree, parser.groups, parser.options);
    }

    /** {@code ***=}, {@code ***:} and {@code (?i)}. */
    private void prefixes() {
        if (options.literal()) {
            return;
        }
        if (source.startsWith("***=")) {
            options = options.with("q");
            at = 4;
            return;
        }
        if (source.startsWith("***:")) {
            at = 4;
        } else if (source.startsWith("***")) {
            throw RegexErrors.invalid("quantifier operand invalid");
        }
        if (source.startsWith("(?", at) && at + 2 < source.length() && isLetter(source.charAt(at + 2))) {
            int end = source.indexOf(')', at);
            if (end < 0) {
                throw RegexErrors.invalid("invalid embedded option");
            }
            options = options.with(source.substring(at + 2, end));
            at = end + 1;
        }
    }

    private Tree literal() {
        List<Tree> characters = new ArrayList<>();
        while (at < source.length()) {
            characters.add(character());
        }
        return new Tree.Sequence(List.copyOf(characters), 0);
    }

    private Tree choice() {
        if (++depth > MAX_DEPTH) {
            throw RegexErrors.invalid("regular expression is too complex");
        }
        List<Tree> branches = new ArrayList<>();
        branches.add(branch());
        while (peek() == '|') {
            at++;
            branches.add(branch());
        }
        depth--;
        if (branches.size() == 1) {
            return branches.getFirst();
        }
        int flags = Tree.LONGER;
        for (Tree branch : branches) {
            flags |= Tree.up(flags | branch.flags());
        }
        return new Tree.Choice(List.copyOf(branches), flags);
    }

    private Tree branch() {
        List<Tree> parts = new ArrayList<>();
        int flags = 0;
        skipComments();
        while (at < source.length() && peek() != '|' && peek() != ')') {
            Tree atom = atom();
            Quantifier quantifier = quantifier(atom);
            skipComments();
            if (quantifier.most == 0) {
                continue;
            }
            int all = flags | quantifier.preference | atom.flags();
            if (!Tree.isMixed(all)) {
                parts.add(quantifier.isOnce() ? atom : new Tree.Repetition(atom, quantifier.least, quantifier.most, 0));
                flags = all;
                continue;
            }
            Tree part = quantifier.applied(atom);
            boolean isLast = at == source.length() || peek() == '|' || peek() == ')';
            Tree rest = isLast ? part : concatenation(part, branch());
            return parts.isEmpty() ? rest : concatenation(new Tree.Sequence(List.copyOf(parts), flags), rest);
        }
        return new Tree.Sequence(List.copyOf(parts), flags);
    }

    private static Tree concatenation(Tree before, Tree behind) {
        return new Tree.Concatenation(before, behind, Tree.combine(before.flags(), behind.flags()));
    }

    /** @param preference that of {@link Tree}, 0 if it has none of its own */
    private record Quantifier(int least, int most, int preference) {
        boolean isOnce() {
            return least == 1 && most == 1;
        }

        /** An atom so many times, where the atom is a part of its own. */
        Tree applied(Tree atom) {
            int own = atom.flags() & (Tree.PREFERENCE | Tree.MIXED);
            if (isOnce() && (preference == 0 || own == 0 || preference == own)) {
                return atom;
            }
            int flags = Tree.combine(preference, atom.flags());
            if (!atom.captures()) {
                return new Tree.Repetition(atom, least, most, flags);
            }
            if (least == 0) {
                return new Tree.Iteration(atom, most, flags);
            }
            int others = most == UNBOUNDED ? most : most - 1;
            Tree before = new Tree.Repetition(atom, least - 1, others, flags & Tree.PREFERENCE);
            return new Tree.Concatenation(before, atom, flags);
        }
    }

    private Quantifier quantifier(Tree atom) {
        skipComments();
        int least;
        int most;
        boolean exact = false;
        switch (peek()) {
            case '*' -> {
                least = 0;
                most = UNBOUNDED;
            }
            case '+' -> {
                least = 1;
                most = UNBOUNDED;
            }
            case '?' -> {
                least = 0;
                most = 1;
            }
            case '{' -> {
                if (!isBound()) {
                    return new Quantifier(1, 1, 0);
                }
                at++;
                least = number();
                exact = peek() == '}';
                most = exact ? least : upperBound();
                if (least > most || peek() != '}') {
                    throw RegexErrors.invalid("invalid repetition count(s)");
                }
            }
            default -> {
                return new Quantifier(1, 1, 0);
            }
        }
        if (atom instanceof Tree.Place || atom instanceof Tree.Look) {
            throw RegexErrors.invalid("quantifier operand invalid");
        }
        at++;
        boolean shortest = peek() == '?';
        at += shortest ? 1 : 0;
        skipComments();
        if (peek() == '*' || peek() == '+' || peek() == '?' || (peek() == '{' && isBound())) {
            throw RegexErrors.invalid("quantifier operand invalid");
        }
        return new Quantifier(least, most, exact ? 0 : shortest ? Tree.SHORTER : Tree.LONGER);
    }

    /** A brace is one of a quantifier only if a digit follows. */
    private boolean isBound() {
        return at + 1 < source.length() && isDigit(source.charAt(at + 1));
    }

    private int upperBound() {
        if (peek() != ',') {
            throw RegexErrors.invalid(at < source.length() ? "invalid repetition count(s)" : "braces {} not balanced");
        }
        at++;
        return peek() == '}' ? UNBOUNDED : number();
    }

    private int number() {
        int number = 0;
        int start = at;
        while (isDigit(peek())) {
            number = Math.min(number * 10 + peek() - '0', MOST_TIMES + 1);
            at++;
        }
        if (at == start || number > MOST_TIMES) {
            throw RegexErrors.invalid("invalid repetition count(s)");
        }
        return number;
    }

    private Tree atom() {
        return switch (peek()) {
            case '(' -> group();
            case '[' -> bracket();
            case '\\' -> {
                EscapeReader escape = new EscapeReader(source, at);
                Anchor anchor = escape.anchor();
                String set = anchor == null ? escape.outsideOfBrackets() : "";
                at = escape.end();
                yield anchor == null ? set(set) : new Tree.Place(anchor);
            }
            case '.' -> {
                at++;
                yield set(options.dotStopsAtLines() ? "[^\\n]" : "(?s:.)");
            }
            case '^' -> {
                at++;
                yield new Tree.Place(options.anchorsAtLines() ? Anchor.LINE_START : Anchor.TEXT_START);
            }
            case '$' -> {
                at++;
                yield new Tree.Place(options.anchorsAtLines() ? Anchor.LINE_END : Anchor.TEXT_END);
            }
            case '*', '+', '?' -> throw RegexErrors.invalid("quantifier operand invalid");
            case '{' -> {
                if (isBound()) {
                    throw RegexErrors.invalid("quantifier operand invalid");
                }
                yield character();
            }
            default -> character();
        };
    }

    private Tree character() {
        int character = source.codePointAt(at);
        at += Character.charCount(character);
        return set("\\x{" + Integer.toHexString(character) + "}");
    }

    private Tree set(String re2) {
        return new Tree.Characters(new CharacterSet(re2, options.ignoreCase()));
    }

    private Tree group() {
        int number = 0;
        @Nullable Boolean ahead = null;
        boolean wanted = true;
        if (source.startsWith("(?:", at)) {
            at += 3;
        } else if (source.startsWith("(?=", at) || source.startsWith("(?!", at)) {
            ahead = true;
            wanted = source.charAt(at + 2) == '=';
            at += 3;
        } else if (source.startsWith("(?<=", at) || source.startsWith("(?<!", at)) {
            ahead = false;
            wanted = source.charAt(at + 3) == '=';
            at += 4;
        } else if (source.startsWith("(?", at)) {
            throw RegexErrors.invalid("quantifier operand invalid");
        } else {
            number = ++groups;
            at++;
        }
        if (ahead != null) {
            int before = groups;
            Tree inner = choice();
            close();
            // Groups within do not capture there.
            groups = before;
            return new Tree.Look(inner, ahead, wanted);
        }
        Tree inner = choice();
        close();
        return number == 0 ? inner : new Tree.Group(number, inner);
    }

    private void close() {
        if (peek() != ')' || at == source.length()) {
            throw RegexErrors.invalid("parentheses () not balanced");
        }
        at++;
    }

    private Tree bracket() {
        StringBuilder set = new StringBuilder("[");
        at++;
        if (peek() == '^') {
            set.append('^').append(options.dotStopsAtLines() ? "\\n" : "");
            at++;
        } else if (source.startsWith("[:<:]]", at) || source.startsWith("[:>:]]", at)) {
            Anchor anchor = source.charAt(at + 2) == '<' ? Anchor.WORD_START : Anchor.WORD_END;
            at += 6;
            return new Tree.Place(anchor);
        }
        boolean first = true;
        while (at < source.length() && (first || peek() != ']')) {
            first = false;
            if (source.startsWith("[:", at)) {
                int end = source.indexOf(":]", at);
                set.append(CharacterSet.named(end < 0 ? "" : source.substring(at + 2, end)));
                at = end + 2;
            } else if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
                throw RegexErrors.unsupported("collating elements");
            } else if (peek() == '\\') {
                EscapeReader escape = new EscapeReader(source, at);
                set.append(escape.inBrackets());
                at = escape.end();
            } else {
                set.append("[]^&~|".indexOf(peek()) >= 0 ? "\\" : "").append(peek());
                at++;
            }
        }
        if (at >= source.length()) {
            throw RegexErrors.invalid("brackets [] not balanced");
        }
        at++;
        return set(set.append(']').toString());
    }

    /** With the option of an expanded text, blanks and what stands between # and the line's end; in any, {@code (?#…)}. */
    private void skipComments() {
        while (at < source.length()) {
            if (source.startsWith("(?#", at)) {
                int end = source.indexOf(')', at);
                at = end < 0 ? source.length() : end + 1;
            } else if (options.expanded() && Character.isWhitespace(peek())) {
                at++;
            } else if (options.expanded() && peek() == '#') {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
            } else {
                return;
            }
        }
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : '\0';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }
}
