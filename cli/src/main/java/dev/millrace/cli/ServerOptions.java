package dev.millrace.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Postgres to follow, and as whom. */
final class ServerOptions {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://HOST[:PORT]/DATABASE[?…].")
    private String url = "";

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "Default: the URL's user parameter, $PGUSER, the name of the operating system's user.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "Default: the URL's password parameter, $PGPASSWORD, none.")
    private @Nullable String password;

    /**
     * The statement that makes this server's tables known.
     *
     * @throws IllegalArgumentException if the URL is not one
     */
    String createSource(String name, Map<String, String> environment) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "--url should look like jdbc:postgresql://localhost:5432/shop, not " + url);
        }
        int query = url.indexOf('?');
        Map<String, String> credentials = new HashMap<>();
        List<String> others = new ArrayList<>();
        for (String parameter :
                query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
            String key = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
            if (key.equals("user") || key.equals("password")) {
                credentials.put(key, URLDecoder.decode(parameter.substring(key.length() + 1), StandardCharsets.UTF_8));
            } else if (!parameter.isEmpty()) {
                others.add(parameter);
            }
        }
        String address =
                (query < 0 ? url : url.substring(0, query)) + (others.isEmpty() ? "" : "?" + String.join("&", others));
        String role =
                first(user, credentials.get("user"), environment.get("PGUSER")).orElse(System.getProperty("user.name"));
        Optional<String> secret = first(password, credentials.get("password"), environment.get("PGPASSWORD"));
        return createSource(name, address, role, secret);
    }

    static String createSource(String name, String url, String user, Optional<String> password) {
        return "CREATE SOURCE " + name + " FROM POSTGRES (url = " + literal(url) + ", user = " + literal(user)
                + password.map(secret -> ", password = " + literal(secret)).orElse("") + ", slot = 'temporary')";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Optional<String> first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
