package dev.millrace.testkit.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final int WORLDS = 15;
    private static final int QUERIES = 40;

    @Test
    void a_seed_makes_the_same_world_again() {
        assertEquals(World.of(7, QUERIES, 14, Set.of()), World.of(7, QUERIES, 14, Set.of()));
    }

    @Test
    void postgres_answers_nearly_all_queries_and_they_use_every_feature() throws SQLException {
        List<String> rejected = new ArrayList<>();
        Set<Feature> used = EnumSet.noneOf(Feature.class);
        try (PostgresServer server = PostgresServer.start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (int seed = 0; seed < WORLDS; seed++) {
                World world = World.of(seed, QUERIES, 14, Set.of());
                statement.execute(world.definition());
                for (Case one : world.cases()) {
                    if (Answer.to(one.literal(), connection) instanceof Answer.Rejected(String message)) {
                        rejected.add(message + ": " + one.literal());
                    } else {
                        used.addAll(one.features());
                    }
                }
                for (Table table : world.tables()) {
                    statement.execute("DROP TABLE " + table.name());
                }
                statement.execute(Type.REMOVAL);
            }
        }
        assertTrue(rejected.size() <= WORLDS * QUERIES / 50, () -> String.join("\n", rejected));
        assertEquals(Feature.usual(), used);
    }

    @Test
    void features_that_are_asked_for_are_in_every_query() {
        World world = World.of(3, QUERIES, 14, EnumSet.of(Feature.LEFT_JOIN));
        assertTrue(
                world.cases().stream().allMatch(one -> one.sql().contains("LEFT JOIN")),
                () -> world.cases().toString());
    }
}
