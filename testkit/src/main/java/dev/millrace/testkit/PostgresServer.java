package dev.millrace.testkit;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A Postgres of its own, ready for logical replication, whose data live in a temporary folder until it is closed or the JVM exits.
 * Commits are synchronous (else change capture sees them late) but not forced to disk. Text sorts by code point. Safe for use by
 * several threads.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String DATABASE = "postgres";

    /** The major version of the binaries on the class path; the build says so when it puts others there. */
    private static final int VERSION = Integer.parseInt(
            System.getProperty("millrace.postgres.version", "18").split("\\.", -1)[0]);

    private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

    // Held, since the logging framework itself holds loggers weakly: the starting server speaks of every step it takes.
    private static final Logger STARTER_LOG = Logger.getLogger("io.zonky.test.db.postgres");

    private static final Map<String, String> SETTINGS = Map.of(
            "wal_level", "logical",
            "synchronous_commit", "on",
            "fsync", "off",
            "max_replication_slots", "20",
            "max_wal_senders", "20");

    private final Path folder;
    private final EmbeddedPostgres process;
    private final Thread exitHook = new Thread(this::stop, "postgres-exit");
    private boolean stopped;

    private PostgresServer(Path folder, EmbeddedPostgres process) {
        this.folder = folder;
        this.process = process;
    }

    /** As {@link #start(Map)} with no further settings. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /**
     * Starts a server; returns when it accepts connections.
     *
     * @param settings server parameters, as in {@code postgresql.conf}, in addition to and above the ones given here
     * @throws MillraceException if it does not start, for example since there are no binaries for this platform
     */
    public static PostgresServer start(Map<String, String> settings) {
        return start(settings, Duration.ofSeconds(60));
    }

    static PostgresServer start(Map<String, String> settings, Duration patience) {
        STARTER_LOG.setLevel(Level.WARNING);
        Path folder;
        try {
            folder = Files.createTempDirectory("millrace-postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for a Postgres server", e);
        }
        Path log = folder.resolve("server.log");
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(true)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(patience)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (VERSION < FIRST_WITH_BUILTIN_LOCALE) {
            builder.setLocaleConfig("locale", "C.UTF-8");
        } else {
            builder.setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
        }
        SETTINGS.forEach(builder::setServerConfig);
        settings.forEach(builder::setServerConfig);
        try {
            var server = new PostgresServer(folder, builder.start());
            Runtime.getRuntime().addShutdownHook(server.exitHook);
            return server;
        } catch (IOException | IllegalStateException e) {
            String reason = e.getMessage() + tail(log);
            delete(folder);
            throw new MillraceException(
                    ErrorCode.SERVER_UNREACHABLE,
                    "cannot start an embedded Postgres on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (binaries come for Linux on x86-64): " + reason,
                    e);
        }
    }

    /** The database's address, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** The address of a database of this server, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    public int port() {
        return process.getPort();
    }

    /** The superuser. */
    public String user() {
        return "postgres";
    }

    /** A password for {@link #user}; the server trusts anyone who connects from this machine. */
    public String password() {
        return "postgres";
    }

    /** A new connection of the superuser, for the caller to close. */
    public Connection connect() {
        try {
            return DriverManager.getConnection(jdbcUrl(), user(), password());
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SERVER_UNREACHABLE, jdbcUrl() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs one or several statements, separated by semicolons, as one transaction on a connection of its own.
     *
     * @throws MillraceException with the server's error
     */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, e.getMessage() + " in: " + sql, e);
        }
    }

    /** Says that the caller closes this server even when the JVM is told to exit, after what depends on it. */
    public void keepOnExit() {
        Runtime.getRuntime().removeShutdownHook(exitHook);
    }

    /** Stops the server and removes its data. Idempotent. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // The JVM is exiting: the hook runs anyway, and whoever of the two is second finds nothing to do.
        }
        stop();
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the Postgres in " + folder + " did not stop", e);
        } finally {
            delete(folder);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return lines.isEmpty()
                    ? ""
                    : "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException e) {
            return " (and its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Deletes what is there; a dying server may delete (or, rarely, still write) files of its own meanwhile. */
    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(PostgresServer.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a Postgres server's temporary folder was left behind: " + folder,
                            e);
        }
    }
}
