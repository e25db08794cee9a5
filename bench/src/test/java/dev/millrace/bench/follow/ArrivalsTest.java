package dev.millrace.bench.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void waits_for_all_rows_and_says_when_the_last_ones_came() throws Exception {
        Thread follower = Thread.ofVirtual().start(() -> {
            arrivals.add(2);
            arrivals.add(3);
        });
        long came = arrivals.await(5);
        assertTrue(came <= System.nanoTime());
        follower.join();
        assertEquals(came, arrivals.await(5), "waiting again does not change when they came");
    }

    @Test
    void a_follower_that_cannot_go_on_ends_the_wait() {
        SQLException cause = new SQLException("connection lost");
        arrivals.add(1);
        arrivals.fail(cause);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> arrivals.await(2));
        assertEquals("stopped after 1 of 2 rows", error.getMessage());
        assertEquals(cause, error.getCause());
    }
}
