package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text: it compiles soon, or it is refused soon with a code, within the memory of the test. {@code -Dmillrace.fuzz.inputs=1000000} tries more of them, {@code -Dmillrace.seed=…} others.
 */
class MutatedQueriesTest {
    private static final long SEED = Long.getLong("millrace.seed", 20_261_120);
    private static final int COUNT = Integer.getInteger("millrace.fuzz.inputs", 10_000);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
        FuzzTexts texts = new FuzzTexts(SEED);
        int compiled = 0;
        long longest = 0;
        for (int i = 0; i < COUNT; i++) {
            String text = texts.next();
            long start = System.nanoTime();
            compiled += assertTimeoutPreemptively(PATIENCE, () -> compiles(text), () -> "for " + text) ? 1 : 0;
            longest = Math.max(longest, System.nanoTime() - start);
        }
        int share = 100 * compiled / COUNT;
        System.out.println("MutatedQueriesTest: seed " + SEED + ", " + COUNT + " texts, " + share
                + " % of which compile, the slowest in " + longest / 1_000_000 + " ms");
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
