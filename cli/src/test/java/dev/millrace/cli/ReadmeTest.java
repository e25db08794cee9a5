package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.Shop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's Java compiles as it stands, and does what it says. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String URL_IN_README = "jdbc:postgresql://localhost:5432/shop";

    @TempDir
    private Path classes;

    @Test
    void the_example_compiles_and_prints_the_shops_revenue() throws Exception {
        Matcher example = JAVA.matcher(Files.readString(README));
        assertTrue(example.find(), "README has no Java");
        String source = example.group(1);
        assertTrue(source.contains(URL_IN_README), "the example's url");
        compile(source);
        try (PostgresServer server = PostgresServer.start()) {
            Shop.create(server);
            compile(source.replace(URL_IN_README, server.jdbcUrl())
                    .replace("user = 'postgres'", "user = '" + server.user() + "'")
                    .replace("password = 'postgres'", "password = '" + server.password() + "'"));
            String printed = run("Revenue");
            assertTrue(printed.contains("(city: ") && printed.contains("revenue: "), printed);
        }
    }

    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Revenue.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all", "-Werror");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        boolean compiled = compiler.getTask(
                        new OutputStreamWriter(errors, StandardCharsets.UTF_8),
                        null,
                        null,
                        options,
                        null,
                        List.of(file))
                .call();
        assertEquals("", errors.toString(StandardCharsets.UTF_8));
        assertTrue(compiled);
    }

    private String run(String name) throws Exception {
        PrintStream out = System.out;
        InputStream in = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setIn(new ByteArrayInputStream("\n".getBytes(StandardCharsets.UTF_8)));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
