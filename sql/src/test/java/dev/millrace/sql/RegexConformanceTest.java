package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.error.MillraceException;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.regex.Match;
import dev.millrace.sql.regex.Regex;
import dev.millrace.sql.regex.RegexOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random regular expressions over random texts: here and in Postgres they match the same, as far, and capture the same. */
class RegexConformanceTest {
    private static final int EXPRESSIONS = Integer.getInteger("millrace.regex.expressions", 1500);
    private static final int TEXTS = 12;
    private static final int BATCH = 50;
    private static final String ERROR = "error";

    @Test
    void random_expressions_match_and_capture_what_they_do_in_postgres() throws SQLException {
        Oracle.get().execute("""
                CREATE OR REPLACE FUNCTION captured(t text, p text) RETURNS text LANGUAGE plpgsql AS $$
                BEGIN
                    RETURN coalesce(regexp_instr(t, p)::text || '+' || length(regexp_substr(t, p)), '') || coalesce(regexp_match(t, p)::text, 'none');
                EXCEPTION WHEN OTHERS THEN
                    RETURN 'error';
                END $$
                """);
        long seed = Long.getLong("millrace.seed", 1);
        Random random = new Random(seed);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (int i = 0; i < EXPRESSIONS; i += BATCH) {
            List<String[]> cases = new ArrayList<>();
            for (int j = 0; j < BATCH; j++) {
                String expression = expression(random, 3);
                for (int k = 0; k < TEXTS; k++) {
                    cases.add(new String[] {text(random), expression});
                }
            }
            List<@Nullable String> expected = inPostgres(cases);
            for (int j = 0; j < cases.size(); j++) {
                String here = here(cases.get(j)[0], cases.get(j)[1]);
                compared++;
                if (!here.equals(expected.get(j))) {
                    differences.add("'%s' ~ '%s': Postgres %s, here %s"
                            .formatted(cases.get(j)[0], cases.get(j)[1], expected.get(j), here));
                }
            }
        }
        String found = differences.size() + " of " + compared + ", seed " + seed;
        assertEquals(List.of(), differences.stream().limit(10).toList(), found);
    }

    private static List<@Nullable String> inPostgres(List<String[]> cases) throws SQLException {
        StringBuilder values = new StringBuilder();
        for (String[] each : cases) {
            values.append(values.isEmpty() ? "" : ", ")
                    .append("('")
                    .append(each[0])
                    .append("', '")
                    .append(each[1])
                    .append("')");
        }
        List<@Nullable String> results = new ArrayList<>();
        Oracle.get()
                .texts("SELECT captured(t, p) FROM (VALUES " + values + ") v (t, p)")
                .forEach(row -> results.add(row.getFirst()));
        return results;
    }

    private static String here(String text, String expression) {
        Regex regex;
        try {
            regex = Regex.compile(expression, RegexOptions.NONE);
        } catch (MillraceException e) {
            return ERROR;
        }
        Match match = regex.find(text, 0);
        assertEquals(match != null, regex.isIn(text), () -> text + " ~ " + expression);
        if (match == null) {
            return "none";
        }
        StringBuilder captured = new StringBuilder((match.start() + 1) + "+" + (match.end() - match.start()) + "{");
        for (int group = regex.groups() == 0 ? 0 : 1; group <= regex.groups(); group++) {
            String part = match.text(text, group);
            captured.append(part == null ? "NULL" : part.isEmpty() ? "\"\"" : part)
                    .append(group == regex.groups() ? "" : ",");
        }
        return captured.append('}').toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(9);
        for (int i = 0; i < length; i++) {
            text.append("aaabbbc".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static String expression(Random random, int depth) {
        int branches = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        List<String> all = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            StringBuilder branch = new StringBuilder();
            int parts = random.nextInt(4);
            for (int j = 0; j <= parts; j++) {
                branch.append(part(random, depth));
            }
            all.add(branch.toString());
        }
        return String.join("|", all);
    }

    private static String part(Random random, int depth) {
        String atom = switch (random.nextInt(depth == 0 ? 8 : 14)) {
            case 0, 1, 2 -> "a";
            case 3, 4 -> "b";
            case 5 -> ".";
            case 6 -> "[ab]";
            case 7 -> "c";
            case 8, 9, 10, 11 -> "(" + expression(random, depth - 1) + ")";
            case 12 -> "(?:" + expression(random, depth - 1) + ")";
            default -> place(random, depth);
        };
        boolean isPlace =
                atom.startsWith("(?=") || atom.startsWith("(?!") || atom.startsWith("(?<") || atom.length() == 2;
        if (isPlace || atom.equals("^") || atom.equals("$")) {
            return atom;
        }
        return atom
                + switch (random.nextInt(14)) {
                    case 0 -> "*";
                    case 1 -> "+";
                    case 2 -> "?";
                    case 3 -> "*?";
                    case 4 -> "+?";
                    case 5 -> "??";
                    case 6 -> "{2}";
                    case 7 -> "{1,2}";
                    case 8 -> "{1,}?";
                    default -> "";
                };
    }

    private static String place(Random random, int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> "^";
            case 1 -> "$";
            case 2 -> "\\y";
            case 3 -> "\\m";
            case 4 -> "(?=" + expression(random, depth - 1) + ")";
            case 5 -> "(?!" + expression(random, depth - 1) + ")";
            default -> "(?<=" + expression(random, depth - 1) + ")";
        };
    }
}
