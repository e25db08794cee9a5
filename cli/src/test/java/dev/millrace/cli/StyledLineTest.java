package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.cli.StyledLine.Style;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StyledLineTest {
    @Test
    void text_that_does_not_fit_is_cut_with_an_ellipsis() {
        assertEquals("abc  ", new StyledLine(5).append("abc", Style.PLAIN).padded(Style.PLAIN));
        assertEquals(
                "abcd…",
                new StyledLine(5)
                        .append("abcdef", Style.PLAIN)
                        .append("g", Style.BOLD)
                        .padded(Style.PLAIN));
        assertEquals(
                "\033[1mab\033[0m ", new StyledLine(3).append("ab", Style.BOLD).padded(Style.PLAIN));
    }

    @Property
    void a_line_is_exactly_as_wide_as_asked(
            @ForAll @IntRange(max = 40) int width, @ForAll @AlphaChars String left, @ForAll @AlphaChars String right) {
        String line = new StyledLine(width)
                .append(left, Style.CHANGED)
                .append(right, Style.PLAIN)
                .padded(Style.STATUS);
        assertEquals(width, line.replaceAll("\033\\[[0-9;]*m", "").length());
    }
}
