package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.EOF;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.EXCLUDE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.GROUP;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ROWS;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.TIES;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes {@code GROUPS …} in a window as {@code ROWS … EXCLUDE TIES}, since the parser has no GROUPS frames, and the tie exclusion that a query says as that of the group: both are refused. The compiler
 * knows the one from the other by this.
 */
final class GroupsFrames {
    /** Words after which something new begins, so that a name follows. */
    private static final Set<String> NAME_FOLLOWS = Set.of(
            "by",
            "select",
            "where",
            "and",
            "or",
            "not",
            "on",
            "when",
            "then",
            "else",
            "case",
            "having",
            "distinct",
            "in",
            "like",
            "is",
            "between");

    private static final Set<String> FRAME_FOLLOWS = Set.of("between", "unbounded", "current");

    private GroupsFrames() {}

    static List<Token> rewrite(List<Token> source) {
        List<Token> tokens = new ArrayList<>(source);
        for (int at = 0; at + 1 < tokens.size(); at++) {
            if (tokens.get(at).kind == EXCLUDE && tokens.get(at + 1).kind == TIES) {
                tokens.set(at + 1, made(GROUP, "GROUP", tokens.get(at + 1)));
            }
        }
        for (int at = 1; at + 1 < tokens.size(); at++) {
            if (isFrame(tokens.get(at - 1), tokens.get(at), tokens.get(at + 1))) {
                tokens.set(at, made(ROWS, "ROWS", tokens.get(at)));
                excludeTies(tokens, at);
            }
        }
        return tokens;
    }

    private static boolean isFrame(Token before, Token token, Token after) {
        boolean endsOperand = before.kind == RPAREN
                || before.image.matches("[0-9].*|.*['\"]")
                || (Character.isLetter(before.image.charAt(0)) && !NAME_FOLLOWS.contains(word(before)));
        return word(token).equals("groups")
                && endsOperand
                && (FRAME_FOLLOWS.contains(word(after)) || after.image.matches("[-(0-9].*"));
    }

    /** Before the parenthesis that ends the window; in the place of EXCLUDE NO OTHERS if that stands there. */
    private static void excludeTies(List<Token> tokens, int frame) {
        int depth = 0;
        for (int at = frame; tokens.get(at).kind != EOF; at++) {
            int kind = tokens.get(at).kind;
            if (kind == RPAREN && depth == 0) {
                tokens.add(at, made(EXCLUDE, "EXCLUDE", tokens.get(at)));
                tokens.add(at + 1, made(TIES, "TIES", tokens.get(at)));
                return;
            }
            if (kind == EXCLUDE && depth == 0) {
                if (!word(tokens.get(at + 1)).equals("no")) {
                    return;
                }
                tokens.subList(at, at + 3).clear();
                at--;
                continue;
            }
            depth += kind == LPAREN ? 1 : kind == RPAREN ? -1 : 0;
        }
    }

    private static String word(Token token) {
        return token.image.toLowerCase(Locale.ROOT);
    }
}
