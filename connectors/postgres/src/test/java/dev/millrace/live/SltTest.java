package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.slt.SltMode;
import dev.millrace.testkit.slt.SltRun;
import dev.millrace.testkit.slt.SltScript;
import dev.millrace.testkit.slt.SltTally;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fixed sample of sqllogictest over live queries, whether they are there before the data or after; {@code millrace slt} runs more of it. */
@Tag("L-18")
class SltTest {
    private static final long SEED = 1;

    /**
     * Some of the queries of a script.
     *
     * @param share of all
     */
    private record Part(String script, double share) {}

    private static final List<Part> SAMPLE = List.of(
            new Part("select1", 0.05),
            new Part("select2", 0.05),
            new Part("select3", 0.02),
            new Part("select5", 0.02),
            new Part("evidence/in1", 0.5),
            new Part("evidence/slt_lang_createview", 1),
            new Part("index/view/10/slt_good_3", 0.003),
            new Part("random/expr/slt_good_7", 0.005),
            new Part("random/groupby/slt_good_3", 0.005),
            new Part("random/aggregates/slt_good_20", 0.005),
            new Part("index/between/10/slt_good_2", 0.005));

    private static final int FEWEST_QUERIES = 300;

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void results_are_what_the_scripts_expect_or_postgres_answers(SltMode mode) throws SQLException {
        SltTally tally = new SltTally();
        try (SltRun run = SltRun.open(server, mode, tally)) {
            for (Part part : SAMPLE) {
                run.run(SltScript.named(part.script), part.share, SEED);
            }
        }
        System.out.println("SltTest: " + mode + ": " + tally.summary());
        assertEquals(List.of(), tally.failures(), () -> String.join("\n\n", tally.failures()));
        assertTrue(tally.passed() >= FEWEST_QUERIES, tally.summary());
    }
}
