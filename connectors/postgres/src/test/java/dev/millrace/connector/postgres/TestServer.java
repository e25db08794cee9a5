package dev.millrace.connector.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Postgres that stops with the JVM or when it is closed. */
final class TestServer implements AutoCloseable {
    /** The one that tests share unless they need settings of their own. */
    private static final class Shared {
        static final TestServer SERVER = start(Map.of());
    }

    /** Held, as loggers are held weakly: the starter speaks of every step. */
    private static final Logger STARTER_LOG = Logger.getLogger("io.zonky.test.db.postgres");

    private final EmbeddedPostgres process;

    private TestServer(EmbeddedPostgres process) {
        this.process = process;
    }

    static TestServer shared() {
        return Shared.SERVER;
    }

    static TestServer start(Map<String, String> settings) {
        STARTER_LOG.setLevel(Level.WARNING);
        var builder = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "off")
                .setServerConfig("max_replication_slots", "30")
                .setServerConfig("max_wal_senders", "30")
                .setServerConfig("max_connections", "200");
        settings.forEach(builder::setServerConfig);
        try {
            return new TestServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return process.getPort();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
