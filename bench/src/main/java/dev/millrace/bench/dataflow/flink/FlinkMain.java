package dev.millrace.bench.dataflow.flink;

import dev.millrace.bench.dataflow.rows.Queries;
import dev.millrace.bench.dataflow.rows.Query;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The process of a {@link FlinkProcess}. Its arguments are a query's shape, rows and keys; each line of its input is a mode to run the
 * query in, and answered with a line of rows per second and the number of rows of the result. It ends with its input.
 */
final class FlinkMain {
    /** Flink warns of what a cluster should have and a benchmark needs not. Kept here, for the level goes with the logger. */
    private static final Logger FLINK = Logger.getLogger("org.apache.flink");

    private FlinkMain() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        FLINK.setLevel(Level.SEVERE);
        // Whatever else is printed goes where errors go: standard output is for answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        int exitCode = 0;
        try {
            serve(
                    Queries.Shape.valueOf(arguments[0])
                            .query(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
                    new BufferedReader(
                            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
                    answers);
        } catch (Exception | Error e) {
            e.printStackTrace();
            exitCode = 1;
        }
        // Threads of Flink would keep the process.
        System.exit(exitCode);
    }

    private static void serve(Query query, BufferedReader modes, PrintStream answers) throws Exception {
        for (String mode = modes.readLine(); mode != null; mode = modes.readLine()) {
            System.gc();
            Finished finished = FlinkSql.run(query, MiniBatch.valueOf(mode));
            answers.println(finished.toLine());
            answers.flush();
        }
    }
}
