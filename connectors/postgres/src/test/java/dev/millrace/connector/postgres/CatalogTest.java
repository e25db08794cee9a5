package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.TableDefinition;
import dev.millrace.dataflow.row.ColumnType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    private TableDefinition only(String ddl) {
        database.execute(ddl);
        List<TableDefinition> tables = database.open().tables();
        assertEquals(1, tables.size());
        return tables.getFirst();
    }

    /** {@code name typeName type nullable}. */
    private static List<String> describe(TableDefinition table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.typeName() + " "
                        + column.type().map(ColumnType::toString).orElse("-") + (column.nullable() ? "" : " NOT NULL"))
                .toList();
    }

    @Test
    void columns_have_their_types_and_modifiers() {
        TableDefinition table = only("""
                CREATE TABLE t (a bool NOT NULL, b int2, c int4, d int8, e float4, f float8, g numeric, h numeric(10,2),
                    i numeric(4), j numeric(3,-2), k text, l varchar, m varchar(7), n char(3), o bytea, p date, q timestamp(3),
                    r timestamptz, s uuid, gone int, x jsonb, y int4[], z int GENERATED ALWAYS AS (c + 1) STORED);
                ALTER TABLE t DROP gone""");
        assertEquals(
                List.of(
                        "a bool bool NOT NULL",
                        "b int2 int2",
                        "c int4 int4",
                        "d int8 int8",
                        "e float4 float4",
                        "f float8 float8",
                        "g numeric numeric",
                        "h numeric numeric(10,2)",
                        "i numeric numeric(4,0)",
                        "j numeric numeric(3,-2)",
                        "k text text",
                        "l varchar text",
                        "m varchar varchar(7)",
                        "n bpchar bpchar(3)",
                        "o bytea bytea",
                        "p date date",
                        "q timestamp timestamp",
                        "r timestamptz timestamptz",
                        "s uuid uuid",
                        "x jsonb jsonb",
                        "y int4[] _int4",
                        "z int4 (generated) -"),
                describe(table));
    }

    @Test
    void the_key_is_in_its_own_order_and_counts_present_columns() {
        TableDefinition table =
                only("CREATE TABLE t (gone int, a int, b int, c int, PRIMARY KEY (c, a)); ALTER TABLE t DROP gone");
        assertEquals(List.of(2, 0), table.key());
        assertTrue(table.obstacle().isEmpty());
    }

    @Test
    void a_full_identity_without_a_primary_key_has_no_key() {
        TableDefinition table = only("CREATE TABLE t (a int, b jsonb); ALTER TABLE t REPLICA IDENTITY FULL");
        assertEquals(List.of(), table.key());
        assertTrue(table.obstacle().isEmpty());
    }

    @Test
    void names_are_taken_as_they_are() {
        database.execute(
                "CREATE SCHEMA \"My Schema\"; CREATE TABLE \"My Schema\".\"a\"\"b.C\" (\"Id x\" int PRIMARY KEY, \"sel\"\"ect\" text);"
                        + " INSERT INTO \"My Schema\".\"a\"\"b.C\" VALUES (1, 'x')");
        RecordingListener listener = new RecordingListener(database.open());
        TableDefinition table = listener.source.tables().getFirst();
        assertEquals("My Schema.a\"b.C", table.name().toString());
        listener.source.follow(List.of(table.name()));
        database.execute("INSERT INTO \"My Schema\".\"a\"\"b.C\" VALUES (2, 'y')");
        listener.catchUp();
        assertEquals(1, listener.transactions.size());
        listener.source.unfollow(List.of(table.name()));
        assertEquals(List.of(), database.query("SELECT * FROM pg_publication_tables"));
    }

    @Test
    void an_obstacle_says_what_to_change() {
        TableDefinition table = only("CREATE TABLE \"T\" (a int)");
        String obstacle = table.obstacle().orElseThrow();
        assertTrue(obstacle.contains("add a primary key"), obstacle);
        assertTrue(obstacle.contains("ALTER TABLE \"public\".\"T\" REPLICA IDENTITY FULL"), obstacle);
    }
}
