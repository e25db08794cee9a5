package dev.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bench.harness.Benchmark;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void without_a_name_it_lists_the_benchmarks() {
        assertEquals(0, run());
        assertEquals(
                Benchmarks.ALL.stream().map(Benchmark::name).toList(),
                out.toString().lines().map(line -> line.split(" ", 2)[0]).toList());
    }

    @Test
    void an_unknown_name_is_refused_and_the_known_ones_are_named() {
        assertEquals(2, run("folow"));
        String expected = "there is no benchmark 'folow'; there is "
                + String.join(", ", Benchmarks.ALL.stream().map(Benchmark::name).toList());
        assertTrue(err.toString().startsWith(expected), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void an_unknown_workload_is_refused_and_the_known_ones_are_named() {
        assertEquals(2, run("follow", "insert-200"));
        String expected = "'follow' has no workload 'insert-200'; it has insert-200k, commit-latency";
        assertTrue(err.toString().startsWith(expected), err.toString());
        assertEquals("", out.toString());
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
