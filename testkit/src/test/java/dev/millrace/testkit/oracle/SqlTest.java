package dev.millrace.testkit.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
    private static final Sql ONE = Sql.phrase(Sql.Kind.value(Type.INT4), "1");
    private static final Sql SUM =
            Sql.phrase(Sql.Kind.value(Type.INT4), "(", ONE, "+", Sql.phrase(Sql.Kind.value(Type.INT4), "2"), ")");

    @Test
    void a_clause_is_left_out() {
        Sql query = Sql.sequence("SELECT 1", Sql.clause("WHERE", "x"));
        assertEquals(List.of("SELECT 1"), texts(query));
    }

    @Test
    void a_list_loses_an_item_as_long_as_it_has_enough() {
        Sql items = Sql.list(1, List.of(new Sql.Words("a"), new Sql.Words("b")));
        assertEquals(List.of("b", "a"), texts(items));
        assertEquals(List.of(), texts(Sql.list(2, List.of(new Sql.Words("a"), new Sql.Words("b")))));
    }

    @Test
    void a_value_becomes_the_simplest_of_its_type_or_a_part_of_the_same_type() {
        assertEquals("( 1 + 2 )", SUM.toString());
        assertEquals(List.of("NULL::int4", "1", "2", "( NULL::int4 + 2 )", "( 1 + NULL::int4 )"), texts(SUM));
    }

    @Test
    void a_value_does_not_become_one_of_another_type() {
        Sql text = Sql.phrase(Sql.Kind.value(Type.TEXT), "repeat('x',", SUM, ")");
        assertTrue(
                texts(text).stream().noneMatch(smaller -> smaller.startsWith("(")),
                () -> texts(text).toString());
    }

    private static List<String> texts(Sql sql) {
        return sql.smaller().stream().map(Sql::toString).toList();
    }
}
