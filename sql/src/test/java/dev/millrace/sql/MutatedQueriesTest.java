package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.oracle.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the text: it compiles, or it is refused with a code. Every text follows from the seed. */
class MutatedQueriesTest {
    private static final long SEED = 20_261_120;
    private static final int COUNT = 3_000;
    private static final int MAX_MUTATIONS = 2;
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^']|'')*'|\\d+\\.\\d+|<>|<=|>=|\\|\\||\"[^\"]*\"|\\w+|::|\\S");
    private static final List<String> VOCABULARY = List.of(
            ("SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET UNION ALL INTERSECT EXCEPT JOIN LEFT FULL CROSS NATURAL USING ON"
                            + " LATERAL WITH RECURSIVE AS DISTINCT IN NOT EXISTS AND OR IS NULL LIKE BETWEEN CASE WHEN THEN ELSE END CAST"
                            + " OVER PARTITION ROLLUP FILTER VALUES INTERVAL DATE TIMESTAMP ARRAY ROW ANY INSERT item line note pair id x"
                            + " y name price day code body count sum avg min max upper now random extract coalesce nullif greatest round"
                            + " substring trim 1 0 -1 1.5 1e400 99999999999 'a' '' 'ab ' '2024-02-30' :: int4 text numeric char $1 ? * +"
                            + " - / % || = <> < ( ) , . ; [ ] : @ \" ' -- /* \\ é")
                    .split(" "));

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
            .map(words -> List.of(words.split(" ")))
            .toList();

    private static final Catalog CATALOG = new Catalog(List.of(
            table(
                    "item",
                    "id",
                    DataType.INT4,
                    "x",
                    DataType.INT4,
                    "y",
                    DataType.INT4,
                    "name",
                    DataType.TEXT,
                    "weight",
                    DataType.FLOAT8),
            table(
                    "line",
                    "id",
                    DataType.INT4,
                    "item_id",
                    DataType.INT4,
                    "x",
                    DataType.INT4,
                    "price",
                    DataType.NUMERIC,
                    "day",
                    DataType.DATE),
            table("note", "tag", DataType.TEXT, "x", DataType.INT8, "body", DataType.TEXT, "code", DataType.CHAR),
            table("pair", "p", DataType.INT2, "q", DataType.INT4, "flag", DataType.BOOL, "at", DataType.TIMESTAMP)));

    @Test
    void any_text_compiles_or_is_refused_with_a_code() {
        Random random = new Random(SEED);
        List<String> queries = Script.statements("queries.sql");
        int compiled = 0;
        for (int i = 0; i < COUNT; i++) {
            String text = mutated(queries.get(random.nextInt(queries.size())), random);
            compiled += compiles(text) ? 1 : 0;
        }
        int share = 100 * compiled / COUNT;
        assertTrue(share >= 5 && share <= 80, "mutations that compile, in percent: " + share);
    }

    private static boolean compiles(String text) {
        try {
            SqlCompiler.compile(text, CATALOG);
            return true;
        } catch (MillraceException e) {
            assertTrue(e.code().code().startsWith("MR-1"), () -> e.getMessage() + "\nfor " + text);
            return false;
        } catch (RuntimeException | Error e) {
            return fail("for " + text, e);
        }
    }

    private static String mutated(String query, Random random) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(query).results().map(MatchResult::group).toList());
        for (int i = 1 + random.nextInt(MAX_MUTATIONS); i > 0 && !tokens.isEmpty(); i--) {
            int at = random.nextInt(tokens.size());
            List<String> alike = alike(tokens.get(at));
            if (!alike.isEmpty()) {
                tokens.set(at, alike.get(random.nextInt(alike.size())));
                continue;
            }
            String word = VOCABULARY.get(random.nextInt(VOCABULARY.size()));
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, word);
                case 2 -> tokens.set(at, word);
                case 3 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                default -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            }
        }
        return String.join(" ", tokens);
    }

    /** Words that can stand where this one stands, so that many of the texts get past the parser. */
    private static List<String> alike(String token) {
        return KINDS.stream().filter(kind -> kind.contains(token)).findFirst().orElse(List.of());
    }

    private static CatalogTable table(String name, Object... columns) {
        List<CatalogTable.Column> described = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            DataType type = (DataType) columns[i + 1];
            ColumnType declared = type == DataType.CHAR ? ColumnType.character(type, 3) : ColumnType.of(type);
            described.add(new CatalogTable.Column((String) columns[i], type.sqlName(), Optional.of(declared), i > 0));
        }
        return new CatalogTable("fuzz", Catalog.DEFAULT_SCHEMA, name, described, List.of(0));
    }
}
