package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Position;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoMeterTest {
    private Instant now = Instant.ofEpochSecond(1000);
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void rates_are_of_the_interval_and_of_all_since_the_restart() {
        try (PostgresServer server = PostgresServer.start();
                Workload workload = Workload.start(
                        server, 1, Double.POSITIVE_INFINITY, 1, (_, _) -> new Workload.Outcome(true, 3))) {
            workload.awaitTransactions(10, Duration.ofSeconds(60));
            workload.stop();
            DemoMeter meter = new DemoMeter(clock, workload);
            tell(meter, 100, 7);
            pass(1);
            meter.restart();

            tell(meter, 4, 2_000);
            tell(meter, 6, 2_000);
            pass(2);
            DemoMeter.Reading first = meter.read();
            assertEquals(5, first.resultChanges());
            assertEquals(0, first.transactions());
            assertTrue(first.latencyP50() >= 2_000 && first.latencyP50() <= 2_125, first.toString());

            pass(8);
            assertEquals(0, meter.read().resultChanges());
            assertEquals(1, meter.overall().resultChanges());
            assertEquals(0, meter.overall().rowChanges());
        }
    }

    @Test
    void a_reading_is_one_line() {
        assertEquals(
                "1,234 tx/s  20 rows/s  0 changes/s  commit to callback p50 0.42 ms p99 25 ms",
                new DemoMeter.Reading(1234, 20, 0, 420, 25_000).toString());
    }

    private void tell(DemoMeter meter, int changes, long latencyMicros) {
        ResultSchema schema =
                new ResultSchema(List.of(new ResultColumn("a", ColumnType.of(DataType.INT4), false)), Optional.empty());
        Change change = new Change.Insert(new ResultRow(schema, new Object[] {1}));
        long commit = now.toEpochMilli() * 1000 - latencyMicros;
        meter.told(new Message.Changes(1, new Position(1, "0/1"), Collections.nCopies(changes, change), commit));
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }
}
