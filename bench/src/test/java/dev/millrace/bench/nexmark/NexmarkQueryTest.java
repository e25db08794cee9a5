package dev.millrace.bench.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Content;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That Flink agrees is seen to by the benchmark itself, in each of its runs. */
class NexmarkQueryTest {
    private static final int EVENTS = 12_000;
    private static final PostgresServer SERVER = PostgresServer.start();
    private static final Set<String> FILLED = new HashSet<>();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_live_result_is_what_postgres_answers(NexmarkQuery query) throws SQLException {
        Query asked = query.over(EVENTS).query();
        for (Relation relation : asked.relations()) {
            if (FILLED.add(relation.name())) {
                fill(relation);
            }
        }
        Content expected = Content.NONE;
        try (Connection postgres = SERVER.connect();
                Statement statement = postgres.createStatement();
                ResultSet rows = statement.executeQuery(asked.sql())) {
            while (rows.next()) {
                expected = expected.with(values(rows), 1);
            }
        }
        assertNotEquals(0, expected.rows());
        LiveSql live = new LiveSql(asked.relations());
        LiveSql.Query result = live.install(asked.sql());
        int steps = asked.relations().stream()
                .mapToInt(relation -> relation.batches().size())
                .max()
                .orElseThrow();
        for (int step = 0; step < steps; step++) {
            for (Relation relation : asked.relations()) {
                if (step < relation.batches().size()) {
                    live.input(relation).append(relation.batches().get(step));
                }
            }
            live.step();
        }
        assertEquals(expected, result.content());
    }

    private static List<Object> values(ResultSet rows) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            Object value = rows.getObject(column);
            values.add(
                    switch (value) {
                        case Timestamp ignored -> rows.getObject(column, LocalDateTime.class);
                        case Date date -> date.toLocalDate();
                        default -> value;
                    });
        }
        return values;
    }

    private static void fill(Relation relation) throws SQLException {
        String columns = relation.fields().stream()
                .map(field -> field.name() + " " + field.type().sqlName())
                .collect(Collectors.joining(", "));
        SERVER.execute("CREATE TABLE " + relation.name() + " (" + columns + ")");
        String places = String.join(", ", Collections.nCopies(relation.fields().size(), "?"));
        try (Connection postgres = SERVER.connect();
                PreparedStatement insert =
                        postgres.prepareStatement("INSERT INTO " + relation.name() + " VALUES (" + places + ")")) {
            for (ColumnBatch batch : relation.batches()) {
                for (int row = 0; row < batch.size(); row++) {
                    for (int column = 0; column < batch.columns().size(); column++) {
                        insert.setObject(column + 1, value(batch.columns().get(column), row));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static Object value(Column column, int row) {
        return switch (column) {
            case Column.Longs longs -> longs.values()[row];
            case Column.Ints ints -> ints.values()[row];
            case Column.Texts texts -> texts.values()[row];
            case Column.Timestamps timestamps ->
                LocalDateTime.ofEpochSecond(
                        timestamps.values()[row] / 1_000_000,
                        (int) (timestamps.values()[row] % 1_000_000) * 1_000,
                        ZoneOffset.UTC);
        };
    }
}
