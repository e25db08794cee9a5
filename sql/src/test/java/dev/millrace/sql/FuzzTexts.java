package dev.millrace.sql;

import dev.millrace.sql.oracle.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts that somebody may give for a query: most of them are queries with a few words changed, others are any words, any characters, or are deep or long. Each follows from the seed. */
final class FuzzTexts {
    private static final int MAX_MUTATIONS = 2;
    private static final int MAX_WORDS = 40;
    private static final int MAX_CHARACTERS = 200;
    private static final int MAX_DEPTH = 2_000;
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^']|'')*'|\\d+\\.\\d+|<>|<=|>=|\\|\\||\"[^\"]*\"|\\w+|::|\\S");
    private static final List<String> VOCABULARY = words(
            "SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET FETCH UNION ALL INTERSECT EXCEPT JOIN LEFT FULL CROSS NATURAL USING ON"
                    + " LATERAL WITH RECURSIVE AS DISTINCT IN NOT EXISTS AND OR IS NULL LIKE ILIKE SIMILAR TO BETWEEN CASE WHEN THEN ELSE END CAST"
                    + " OVER PARTITION WINDOW ROWS RANGE UNBOUNDED PRECEDING ROLLUP CUBE GROUPING SETS FILTER WITHIN VALUES INTERVAL DATE TIMESTAMP ARRAY ROW ANY SOME INSERT"
                    + " CREATE DROP EXPLAIN item line note pair id x"
                    + " y name price day code body count sum avg min max upper now random extract coalesce nullif greatest round row_number lag"
                    + " substring trim unnest generate_series 1 0 -1 1.5 1e400 99999999999 'a' '' 'ab ' '2024-02-30' '1 day' E'\\n' $$a$$ :: int4 text numeric char interval $1 $0 $99 ? * +"
                    + " - / % ^ || -> ->> #> @> ~ !~* = <> != < ( ) , . ; [ ] { } : @ \" ' -- /* */ \\ é 日 \u0000");

    private static final List<List<String>> KINDS = Stream.of(
                    "id x y item_id name weight price day tag body code p q flag at NULL 1 2.5 'a' '' true '2024-02-28' 1e400",
                    "= <> < <= > >= LIKE",
                    "+ - * / % ||",
                    "AND OR",
                    "count sum avg min max bool_and upper lower length abs round coalesce greatest nullif",
                    "LEFT RIGHT FULL INNER NATURAL CROSS",
                    "item line note pair",
                    "UNION INTERSECT EXCEPT",
                    "int4 int2 text numeric date bool uuid float4 timestamptz bytea char interval")
            .map(FuzzTexts::words)
            .toList();

    /** What can stand within itself, or after itself: a beginning, what is in the middle, an end. */
    private static final List<List<String>> NESTS = List.of(
            List.of("SELECT ", "(", "1", ")", ""),
            List.of("SELECT * FROM item WHERE ", "NOT ", "x = 1", "", ""),
            List.of("SELECT ", "- ", "1", "", ""),
            List.of("SELECT * FROM ", "(SELECT * FROM ", "item", ") t", " t"),
            List.of("SELECT ", "CASE WHEN true THEN ", "1", " END", ""),
            List.of("SELECT ", "upper(", "'a'", ")", ""),
            List.of("SELECT ", "(SELECT ", "1", ")", ""),
            List.of("SELECT * FROM item WHERE x = 1", " AND y = 2", "", "", ""),
            List.of("SELECT * FROM item WHERE x = 1", " OR y = 2", "", "", ""),
            List.of("SELECT 1", " + 1", "", "", ""),
            List.of("SELECT 1", " UNION ALL SELECT 1", "", "", ""),
            List.of("SELECT 1", ", 1", "", "", ""),
            List.of("SELECT * FROM item WHERE x IN (1", ", 1", "", "", ")"),
            List.of("SELECT 1", "::int4", "", "", ""),
            List.of("SELECT 'a'", " || 'a'", "", "", ""),
            List.of("", "(", "", "", ""),
            List.of("", "/*", "", "", ""),
            List.of("", "'", "", "", ""),
            List.of("SELECT 1", ";", "", "", ""));

    private final List<String> queries = Script.statements("queries.sql");
    private final Random random;

    FuzzTexts(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        int choice = random.nextInt(1_000);
        if (choice < 850) {
            return mutated(one(queries));
        }
        if (choice < 930) {
            return Stream.generate(() -> one(VOCABULARY))
                    .limit(1 + random.nextInt(MAX_WORDS))
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
        }
        if (choice < 990) {
            return characters();
        }
        return nested();
    }

    private String mutated(String query) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(query).results().map(MatchResult::group).toList());
        for (int i = 1 + random.nextInt(MAX_MUTATIONS); i > 0 && !tokens.isEmpty(); i--) {
            int at = random.nextInt(tokens.size());
            List<String> alike = alike(tokens.get(at));
            if (!alike.isEmpty() && random.nextInt(8) > 0) {
                tokens.set(at, one(alike));
                continue;
            }
            String word = one(VOCABULARY);
            switch (random.nextInt(7)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, word);
                case 2 -> tokens.set(at, word);
                case 3 -> tokens.add(at, one(tokens));
                case 4 -> tokens.subList(at, tokens.size()).clear();
                case 5 ->
                    tokens.addAll(
                            at,
                            TOKEN.matcher(one(queries))
                                    .results()
                                    .map(MatchResult::group)
                                    .toList());
                default -> tokens.set(at, one(tokens));
            }
        }
        return String.join(" ", tokens);
    }

    /** Words that can stand where this one stands, so that many of the texts get past the parser. */
    private static List<String> alike(String token) {
        return KINDS.stream().filter(kind -> kind.contains(token)).findFirst().orElse(List.of());
    }

    /** A query of which single characters were changed, or nothing but characters. */
    private String characters() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? one(queries) : "");
        for (int i = random.nextInt(text.isEmpty() ? MAX_CHARACTERS : MAX_MUTATIONS) + 1; i > 0; i--) {
            char character = (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80));
            int at = random.nextInt(text.length() + 1);
            if (at < text.length() && random.nextBoolean()) {
                text.setCharAt(at, character);
            } else {
                text.insert(at, character);
            }
        }
        return text.toString();
    }

    private String nested() {
        List<String> parts = one(NESTS);
        int depth = 1 + (random.nextInt(10) == 0 ? random.nextInt(MAX_DEPTH) : random.nextInt(60));
        return parts.get(0)
                + parts.get(1).repeat(depth)
                + parts.get(2)
                + parts.get(3).repeat(depth)
                + parts.get(4);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
