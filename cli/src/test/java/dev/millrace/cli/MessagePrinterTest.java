package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessagePrinterTest {
    private static final Position POSITION = new Position(0x16B3748, "0/16B3748");
    private static final ResultSchema SCHEMA = new ResultSchema(
            List.of(
                    new ResultColumn("id", ColumnType.of(DataType.INT8), false),
                    new ResultColumn("price", ColumnType.numeric(10, 2), true)),
            Optional.of(List.of(0)));
    private static final Message.Accepted ACCEPTED = new Message.Accepted(SCHEMA, 1, POSITION);
    private static final Message.Changes CHANGES = new Message.Changes(
            7,
            POSITION,
            List.of(
                    new Change.Update(row(1, "1.50"), row(1, "2.00")),
                    new Change.Insert(row(2, null)),
                    new Change.Delete(row(3, "0.10"))),
            0);

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void json_has_one_object_a_line_for_each_kind_of_message() {
        JsonPrinter json = new JsonPrinter(out);
        json.print(ACCEPTED);
        json.print(new Message.Initial(List.of(row(1, "1.50"), row(3, "0.10")), List.of(), 1, POSITION));
        json.print(CHANGES);
        json.print(new Message.Progress(9, POSITION));
        json.print(new Message.NoResult(
                new MillraceException(ErrorCode.DATA_ERROR, "division by zero"), false, 9, POSITION));
        json.print(new Message.Resync(ResyncReason.SLOT_RECREATED));
        json.print(new Message.Failed(new MillraceException(ErrorCode.UNKNOWN_TABLE, "there is no table \"order\"")));
        assertPrinted("""
                {"type":"accepted","epoch":1,"position":"0/16B3748","schema":[{"name":"id","type":"int8","nullable":false},\
                {"name":"price","type":"numeric(10,2)","nullable":true}],"key":["id"]}
                {"type":"initial","rows":[{"id":1,"price":1.50},{"id":3,"price":0.10}]}
                {"type":"changes","epoch":7,"position":"0/16B3748","changes":[\
                {"op":"update","old":{"id":1,"price":1.50},"new":{"id":1,"price":2.00}},\
                {"op":"insert","new":{"id":2,"price":null}},{"op":"delete","old":{"id":3,"price":0.10}}]}
                {"type":"progress","epoch":9,"position":"0/16B3748"}
                {"type":"no_result","epoch":9,"position":"0/16B3748","again":false,"code":"MR-1008","message":"division by zero"}
                {"type":"resync","reason":"SLOT_RECREATED"}
                {"type":"error","code":"MR-1002","message":"there is no table \\"order\\""}
                """);
    }

    @Test
    void text_has_a_table_and_then_a_line_for_each_change() {
        TextPrinter printer = new TextPrinter(out);
        printer.print(ACCEPTED);
        printer.print(new Message.Initial(List.of(row(1, "1.50"), row(300, "0.10")), List.of(), 1, POSITION));
        printer.print(CHANGES);
        printer.print(new Message.Progress(9, POSITION));
        printer.print(new Message.NoResult(
                new MillraceException(ErrorCode.DATA_ERROR, "division by zero"), false, 9, POSITION));
        printer.print(new Message.Progress(10, POSITION));
        printer.print(new Message.Progress(11, POSITION));
        printer.print(new Message.Resync(ResyncReason.SLOT_RECREATED));
        assertPrinted("""
                  id | price
                -----+-------
                   1 |  1.50
                 300 |  0.10
                (2 rows at 0/16B3748)
                0/16B3748  ~ 1 | 1.50 → 2.00
                0/16B3748  + 2 | NULL
                0/16B3748  - 3 | 0.10
                0/16B3748  no result: MR-1008: division by zero
                0/16B3748  there is a result again
                resync (SLOT_RECREATED): the result follows anew
                """);
    }

    @Test
    void every_type_has_its_form_in_json() {
        assertJson("-32768", DataType.INT2, Short.MIN_VALUE);
        assertJson("9223372036854775807", DataType.INT8, Long.MAX_VALUE);
        assertJson("true", DataType.BOOL, true);
        assertJson("1.5", DataType.FLOAT4, 1.5f);
        assertJson("\"NaN\"", DataType.FLOAT4, Float.NaN);
        assertJson("\"-Infinity\"", DataType.FLOAT8, Double.NEGATIVE_INFINITY);
        assertJson("1000000000000000000000.00", DataType.NUMERIC, new BigDecimal("1000000000000000000000.00"));
        assertJson("0.0000000001", DataType.NUMERIC, new BigDecimal("1E-10"));
        assertJson("\"NaN\"", DataType.NUMERIC, Double.NaN);
        assertJson("\"a\\n\\\"ä\"", DataType.TEXT, "a\n\"ä");
        assertJson("\"\\\\x00ff\"", DataType.BYTEA, new byte[] {0, -1});
        assertJson("\"2024-02-29\"", DataType.DATE, LocalDate.of(2024, 2, 29));
        assertJson("\"infinity\"", DataType.DATE, LocalDate.MAX);
        assertJson("\"2024-02-29T12:00:00\"", DataType.TIMESTAMP, LocalDateTime.of(2024, 2, 29, 12, 0));
        assertJson("\"-infinity\"", DataType.TIMESTAMP, LocalDateTime.MIN);
        assertJson(
                "\"2024-02-29T12:00:00.000001Z\"", DataType.TIMESTAMPTZ, Instant.parse("2024-02-29T12:00:00.000001Z"));
        assertJson("\"infinity\"", DataType.TIMESTAMPTZ, Instant.MAX);
        assertJson("\"00000000-0000-0000-0000-000000000007\"", DataType.UUID, new UUID(0, 7));
        assertJson("null", DataType.TEXT, null);
    }

    @Test
    void of_columns_with_one_name_json_has_the_first() {
        var column = new ResultColumn("a", ColumnType.of(DataType.INT4), false);
        ResultSchema schema = new ResultSchema(List.of(column, column), Optional.empty());
        new JsonPrinter(out)
                .print(new Message.Initial(
                        List.of(new ResultRow(schema, new Object[] {1, 2})), List.of(), 1, POSITION));
        assertPrinted("{\"type\":\"initial\",\"rows\":[{\"a\":1}]}\n");
    }

    @Test
    void a_value_cannot_break_the_line_or_move_the_cursor() {
        assertEquals("a␊b␛[2J␡", ValueText.display("a\nb\033[2J\177"));
    }

    @Test
    void an_array_is_shown_as_postgres_shows_it_and_is_an_array_in_json() {
        List<@Nullable Object> texts = Arrays.asList("a", null, "c d", "", "null", "\"\\", "{,}");
        assertEquals("{a,NULL,\"c d\",\"\",\"null\",\"\\\"\\\\\",\"{,}\"}", ValueText.display(texts));
        assertEquals("{t,f}", ValueText.display(List.of(true, false)));
        assertEquals("{\"\\\\x01ff\"}", ValueText.display(List.of(new byte[] {1, -1})));
        assertEquals(
                "{1.50,2024-02-29}", ValueText.display(List.of(new BigDecimal("1.50"), LocalDate.of(2024, 2, 29))));
        assertJson("[\"a\",null,\"c d\",\"\",\"null\",\"\\\"\\\\\",\"{,}\"]", DataType.TEXT_ARRAY, texts);
        assertJson("[1.50,null]", DataType.NUMERIC_ARRAY, Arrays.asList(new BigDecimal("1.50"), null));
    }

    private void assertJson(String expected, DataType type, @Nullable Object value) {
        text.getBuffer().setLength(0);
        ResultSchema schema =
                new ResultSchema(List.of(new ResultColumn("v", ColumnType.of(type), true)), Optional.empty());
        ResultRow row = new ResultRow(schema, new @Nullable Object[] {value});
        new JsonPrinter(out).print(new Message.Initial(List.of(row), List.of(), 1, POSITION));
        assertPrinted("{\"type\":\"initial\",\"rows\":[{\"v\":" + expected + "}]}\n");
    }

    private void assertPrinted(String expected) {
        assertEquals(expected, text.toString().replace("\r\n", "\n"));
    }

    private static ResultRow row(long id, @Nullable String price) {
        return new ResultRow(SCHEMA, new @Nullable Object[] {id, price == null ? null : new BigDecimal(price)});
    }
}
