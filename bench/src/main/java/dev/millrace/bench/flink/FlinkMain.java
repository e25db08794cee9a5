package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Query;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The process of a {@link FlinkProcess}. Its argument is what makes the query, serialized; each line of its input is a mode to run the
 * query in, or asks for the content of its result, and is answered with a line that says what came out. It ends with its input.
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
            Query.Recipe recipe = (Query.Recipe) new ObjectInputStream(
                            new ByteArrayInputStream(Base64.getDecoder().decode(arguments[0])))
                    .readObject();
            serve(
                    new FlinkInput(recipe.query()),
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

    private static void serve(FlinkInput input, BufferedReader orders, PrintStream answers) throws Exception {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.gc();
            boolean readsContent = order.equals(FlinkProcess.CONTENT);
            Finished finished =
                    FlinkSql.run(input, readsContent ? MiniBatch.ON : MiniBatch.valueOf(order), readsContent);
            answers.println(finished.toLine());
            answers.flush();
        }
    }
}
