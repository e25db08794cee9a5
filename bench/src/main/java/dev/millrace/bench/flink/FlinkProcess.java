package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Content;
import dev.millrace.bench.rows.Query;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectOutputStream;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process in which Flink runs one query as often as asked. It has the JVM options of this one, and a heap, compiled code and a class
 * path of its own: Flink brings parts of libraries that Millrace has in other versions, and would not find its own beside them.
 */
public final class FlinkProcess implements AutoCloseable {
    /** Asks for the content of the result. */
    static final String CONTENT = "CONTENT";

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    /**
     * Starts it.
     *
     * @throws IOException if it cannot be started
     */
    public FlinkProcess(Query.Recipe recipe) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The archive of classes is for another class path, and the launcher's to write.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.contains("SharedArchive"))
                .forEach(command::add);
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", flinkFirst(System.getProperty("java.class.path"))));
        command.addAll(List.of(FlinkMain.class.getName(), serialized(recipe)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Runs the query over all of its rows.
     *
     * @throws IOException if the process ended instead; why stands on standard error
     */
    public Finished run(MiniBatch mode) throws IOException {
        return ask(mode.name());
    }

    /**
     * Runs the query once more, to read its result.
     *
     * @throws IOException if the process ended instead; why stands on standard error
     */
    public Content content() throws IOException {
        return ask(CONTENT).content();
    }

    private Finished ask(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Flink ended without an answer; what it said is above");
        }
        return Finished.fromLine(answer);
    }

    private static String serialized(Query.Recipe recipe) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(recipe);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Flink's jars before all others. */
    static String flinkFirst(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .sorted(Comparator.comparing(entry ->
                        !Objects.toString(Path.of(entry).getFileName(), "").startsWith("flink-")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        orders.close();
        answers.close();
    }
}
