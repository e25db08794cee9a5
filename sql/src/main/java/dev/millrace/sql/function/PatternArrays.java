package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Texts held against arrays of patterns: {@code x LIKE ANY (array)} is the operator {@code ~~any}. LIKE's patterns that were read last are kept. */
public final class PatternArrays {
    /** The names of them all. */
    public static final Set<String> OPERATORS = Set.of(
            "~~any", "!~~any", "~~all", "!~~all", "~~*any", "!~~*any", "~~*all", "!~~*all", "~any", "!~any", "~all",
            "!~all", "~*any", "!~*any", "~*all", "!~*all");

    private static final int CACHE_SIZE = 256;
    private static final AtomicReferenceArray<LikePattern> CACHE = new AtomicReferenceArray<>(CACHE_SIZE);
    private static final AtomicReferenceArray<LikePattern> IGNORING_CASE = new AtomicReferenceArray<>(CACHE_SIZE);

    private PatternArrays() {}

    @Sql(
            value = "~~any(text, text[]) bool",
            about = "whether the text is like one of the array's patterns",
            example = "'abc' LIKE ANY ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean likeAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, PatternArrays::isLike);
    }

    @Sql(
            value = "!~~any(text, text[]) bool",
            about = "whether there is one of the array's patterns that the text is not like",
            example = "'abc' NOT LIKE ANY ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean unlikeAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, (value, pattern) -> !isLike(value, pattern));
    }

    @Sql(
            value = "~~all(text, text[]) bool",
            about = "whether the text is like all of the array's patterns",
            example = "'abc' LIKE ALL ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean likeAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, (value, pattern) -> !isLike(value, pattern)));
    }

    @Sql(
            value = "!~~all(text, text[]) bool",
            about = "whether the text is like none of the array's patterns",
            example = "'abc' NOT LIKE ALL ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean unlikeAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, PatternArrays::isLike));
    }

    @Sql(
            value = "~~*any(text, text[]) bool",
            about = "whether the text is like one of the array's patterns, whatever the case",
            example = "'ABC' ILIKE ANY ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean ilikeAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, PatternArrays::isLikeIgnoringCase);
    }

    @Sql(
            value = "!~~*any(text, text[]) bool",
            about = "whether there is one of the array's patterns that the text is not like, whatever the case",
            example = "'ABC' NOT ILIKE ANY ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean notIlikeAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, (value, pattern) -> !isLikeIgnoringCase(value, pattern));
    }

    @Sql(
            value = "~~*all(text, text[]) bool",
            about = "whether the text is like all of the array's patterns, whatever the case",
            example = "'ABC' ILIKE ALL ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean ilikeAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, (value, pattern) -> !isLikeIgnoringCase(value, pattern)));
    }

    @Sql(
            value = "!~~*all(text, text[]) bool",
            about = "whether the text is like none of the array's patterns, whatever the case",
            example = "'ABC' NOT ILIKE ALL ('{a%,x%}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean notIlikeAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, PatternArrays::isLikeIgnoringCase));
    }

    @Sql(
            value = "~any(text, text[]) bool",
            about = "whether the text matches one of the array's regular expressions",
            example = "'abc' ~ ANY ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean matchesAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, RegexOperators::matches);
    }

    @Sql(
            value = "!~any(text, text[]) bool",
            about = "whether there is one of the array's regular expressions that the text does not match",
            example = "'abc' !~ ANY ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean differsFromAny(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, RegexOperators::differs);
    }

    @Sql(
            value = "~all(text, text[]) bool",
            about = "whether the text matches all of the array's regular expressions",
            example = "'abc' ~ ALL ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean matchesAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, RegexOperators::differs));
    }

    @Sql(
            value = "!~all(text, text[]) bool",
            about = "whether the text matches none of the array's regular expressions",
            example = "'abc' !~ ALL ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean differsFromAll(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, RegexOperators::matches));
    }

    @Sql(
            value = "~*any(text, text[]) bool",
            about = "whether the text matches one of the array's regular expressions, whatever the case",
            example = "'ABC' ~* ANY ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean matchesAnyIgnoringCase(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, RegexOperators::matchesIgnoringCase);
    }

    @Sql(
            value = "!~*any(text, text[]) bool",
            about =
                    "whether there is one of the array's regular expressions that the text does not match, whatever the case",
            example = "'ABC' !~* ANY ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean differsFromAnyIgnoringCase(@Nullable String text, @Nullable ArrayValue patterns) {
        return any(text, patterns, RegexOperators::differsIgnoringCase);
    }

    @Sql(
            value = "~*all(text, text[]) bool",
            about = "whether the text matches all of the array's regular expressions, whatever the case",
            example = "'ABC' ~* ALL ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean matchesAllIgnoringCase(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, RegexOperators::differsIgnoringCase));
    }

    @Sql(
            value = "!~*all(text, text[]) bool",
            about = "whether the text matches none of the array's regular expressions, whatever the case",
            example = "'ABC' !~* ALL ('{^a,^x}')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean differsFromAllIgnoringCase(@Nullable String text, @Nullable ArrayValue patterns) {
        return not(any(text, patterns, RegexOperators::matchesIgnoringCase));
    }

    private static boolean isLike(String text, String pattern) {
        return pattern(pattern, false).matches(text);
    }

    private static boolean isLikeIgnoringCase(String text, String pattern) {
        return pattern(pattern, true).matches(text);
    }

    /** Threads may race here: what one overwrites is only read again. */
    private static LikePattern pattern(String pattern, boolean caseInsensitive) {
        AtomicReferenceArray<LikePattern> cache = caseInsensitive ? IGNORING_CASE : CACHE;
        int slot = Math.floorMod(pattern.hashCode(), CACHE_SIZE);
        LikePattern read = cache.get(slot);
        if (read == null || !read.isOf(pattern, Like.DEFAULT_ESCAPE)) {
            read = new LikePattern(pattern, Like.DEFAULT_ESCAPE, caseInsensitive);
            cache.set(slot, read);
        }
        return read;
    }

    /** As of {@link ArrayOperators}: NULL if it depends on a NULL; FALSE of an empty array. */
    private static @Nullable Boolean any(
            @Nullable String text, @Nullable ArrayValue patterns, BiPredicate<String, String> condition) {
        if (patterns == null) {
            return null;
        }
        boolean unknown = false;
        for (Object pattern : patterns.values()) {
            if (pattern == null || text == null) {
                unknown = true;
            } else if (condition.test(text, (String) pattern)) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }
}
