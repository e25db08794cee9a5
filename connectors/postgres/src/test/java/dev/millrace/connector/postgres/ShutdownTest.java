package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    /** Follows a table in a JVM of its own that exits, and closes the source in a shutdown hook. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Source source = new PostgresConnector().open("exiting", Map.of("url", arguments[0], "user", "postgres"));
            source.listen(new IdleListener());
            source.follow(List.of(TestDatabase.table("t")));
            Runtime.getRuntime().addShutdownHook(new Thread(source::close));
            System.exit(7);
        }
    }

    @Test
    void close_in_a_shutdown_hook_leaves_nothing_behind() throws IOException, InterruptedException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        database.url())
                .inheritIO()
                .start();
        assertTrue(program.waitFor(60, TimeUnit.SECONDS));
        assertEquals(7, program.exitValue());
        database.assertNothingLeft();
    }
}
