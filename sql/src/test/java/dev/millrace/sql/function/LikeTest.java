package dev.millrace.sql.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.MillraceException;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikeTest {
    @Property
    void a_pattern_matches_what_its_regular_expression_does(
            @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'c') String text,
            @ForAll @StringLength(max = 6) @Chars({'a', 'b', '%', '_'}) String pattern) {
        String expression = pattern.replace("%", ".*").replace("_", ".");
        assertEquals(Pattern.matches(expression, text), new Like(false).matches(text, pattern));
    }

    @Property
    void a_pattern_that_is_kept_answers_like_one_that_is_read_anew(
            @ForAll @StringLength(max = 4) @Chars({'a', 'A', '%', '!', '\\'}) String text,
            @ForAll @StringLength(max = 4) @Chars({'a', 'A', '%', '_', '!'}) String first,
            @ForAll @StringLength(max = 4) @Chars({'a', 'A', '%', '_', '!'}) String second,
            @ForAll boolean caseInsensitive) {
        Like kept = new Like(caseInsensitive);
        for (String pattern : new String[] {first, first, second, first}) {
            for (String escape : new String[] {"!", "!", "", "%"}) {
                assertEquals(
                        outcome(new Like(caseInsensitive), text, pattern, escape),
                        outcome(kept, text, pattern, escape));
            }
        }
    }

    @Test
    void an_underscore_is_one_character_of_any_width() {
        assertTrue(new Like(false).matches("a\uD83D\uDE00b", "a_b"));
        assertTrue(new Like(true).matches("\u00c9\uD83D\uDE00", "\u00e9_"));
    }

    @Test
    void an_escape_at_the_end_fails_only_for_a_text_that_gets_there() {
        Like like = new Like(false);
        assertEquals(false, like.matches("b", "a\\"));
        assertEquals(false, like.matches("a", "a\\"));
        MillraceException failure = assertThrows(MillraceException.class, () -> like.matches("ab", "a\\"));
        assertEquals("LIKE pattern must not end with escape character", failure.detail());
    }

    @Test
    void an_escape_of_two_characters_fails() {
        MillraceException failure =
                assertThrows(MillraceException.class, () -> new Like(false).matches("a", "a", "!!"));
        assertEquals("invalid escape string", failure.detail());
    }

    @Test
    void objects_of_one_kind_are_equal_whatever_they_keep() {
        Like like = new Like(false);
        like.matches("a", "b");
        assertEquals(new Like(false), like);
        assertEquals(new Like(false).hashCode(), like.hashCode());
        assertNotEquals(new Like(true), like);
    }

    private static Object outcome(Like like, String text, String pattern, String escape) {
        try {
            return like.matches(text, pattern, escape);
        } catch (MillraceException e) {
            return e.detail();
        }
    }
}
