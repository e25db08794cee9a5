package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableImageTest {
    private static final TableName TABLE = new TableName("public", "t");

    private static Row decimal(String value) {
        return Row.of(Decimal.of(new BigDecimal(value)));
    }

    private static TableContents contents(List<Integer> key, Row... rows) {
        return new TableContents(new TableDefinition(TABLE, List.of(), key, Optional.empty()), List.of(rows));
    }

    private static List<String> replayed(TableContents contents, RowChange... changes) {
        return TableImage.replay(contents, List.of(changes)).rows().stream()
                .map(Row::toString)
                .toList();
    }

    @Test
    void without_a_key_equal_rows_that_are_not_identical_stay_apart() {
        TableContents contents = contents(List.of(), decimal("1.0"), decimal("1.00"), decimal("1.00"));
        assertEquals(
                List.of("[1.0]", "[1.00]", "[1.00]", "[1.000]"),
                replayed(contents, new RowChange.Insert(TABLE, decimal("1.000"))));
        assertEquals(List.of("[1.00]", "[1.00]"), replayed(contents, new RowChange.Delete(TABLE, decimal("1.0"))));
        assertEquals(
                List.of("[1.0]", "[1.00]", "[2]"),
                replayed(contents, new RowChange.Update(TABLE, Optional.of(decimal("1.00")), decimal("2"))));
    }

    @Test
    void a_key_means_all_its_representations() {
        assertEquals(
                List.of("[1.000]"),
                replayed(
                        contents(List.of(0), decimal("1.0")),
                        new RowChange.Update(TABLE, Optional.empty(), decimal("1.00")),
                        new RowChange.Delete(TABLE, decimal("1")),
                        new RowChange.Insert(TABLE, decimal("1.000"))));
    }
}
