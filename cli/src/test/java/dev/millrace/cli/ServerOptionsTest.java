package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ServerOptionsTest {
    @Command
    private static final class Options {
        @CommandLine.Mixin
        private ServerOptions server = new ServerOptions();
    }

    @Test
    void options_stand_above_the_url_which_stands_above_the_environment() {
        Map<String, String> environment = Map.of("PGUSER", "eve", "PGPASSWORD", "pge");
        String url = "jdbc:postgresql://db/shop";
        assertEquals(source(url, "eve", ", password = 'pge'"), create(environment, url));
        assertEquals(source(url, "ada", ", password = 'p&1'"), create(environment, url + "?user=ada&password=p%261"));
        assertEquals(
                source(url + "?ssl=true", "bob", ", password = 'b'"),
                create(environment, url + "?user=ada&ssl=true&password=x", "--user=bob", "--password=b"));
        assertEquals(source(url, System.getProperty("user.name"), ""), create(Map.of(), url));
    }

    @Test
    void quotes_are_doubled() {
        String url = "jdbc:postgresql://db/o'shop";
        assertEquals(
                "CREATE SOURCE s FROM POSTGRES (url = 'jdbc:postgresql://db/o''shop', user = 'o''hara', password = '''', slot = 'temporary')",
                create(Map.of(), url, "--user=o'hara", "--password='"));
    }

    @Test
    void another_kind_of_url_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> create(Map.of(), "postgres://db/shop"));
    }

    private static String source(String url, String user, String password) {
        return "CREATE SOURCE s FROM POSTGRES (url = '" + url + "', user = '" + user + "'" + password
                + ", slot = 'temporary')";
    }

    private static String create(Map<String, String> environment, String url, String... arguments) {
        Options options = new Options();
        new CommandLine(options)
                .parseArgs(Stream.concat(Stream.of("--url=" + url), Stream.of(arguments))
                        .toArray(String[]::new));
        return options.server.createSource("s", environment);
    }
}
