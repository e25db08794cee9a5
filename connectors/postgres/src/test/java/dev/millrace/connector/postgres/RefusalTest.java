package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, with the code and the advice that go with it, and that nothing is left behind by it. */
class RefusalTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    private static void assertRefused(ErrorCode code, String advice, Executable refused) {
        MillraceException error = assertThrows(MillraceException.class, refused);
        assertEquals(code, error.code(), error.getMessage());
        assertTrue(error.getMessage().contains(advice), error.getMessage());
    }

    private void assertFollowRefused(ErrorCode code, String advice, Map<String, String> options) {
        RecordingListener listener = new RecordingListener(database.open(options));
        assertRefused(code, advice, () -> listener.follow("t"));
        assertEquals(List.of(), database.query("SELECT pubname FROM pg_publication WHERE pubname LIKE 'millrace%'"));
        assertEquals(
                List.of(),
                database.query("SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"));
    }

    private String role() {
        return database.name() + "_role";
    }

    private Map<String, String> asRole() {
        return Map.of("user", role());
    }

    @Test
    void a_server_that_does_not_answer() {
        assertRefused(
                ErrorCode.SERVER_UNREACHABLE,
                "localhost:1/",
                () -> database.open(Map.of("url", "jdbc:postgresql://localhost:1/nothing")));
    }

    @Test
    void a_database_that_does_not_exist() {
        assertRefused(
                ErrorCode.INVALID_OPTION,
                "url",
                () -> database.open(Map.of(
                        "url",
                        "jdbc:postgresql://localhost:" + TestServer.shared().port() + "/nothing")));
    }

    @Test
    void a_user_that_does_not_exist() {
        assertRefused(ErrorCode.AUTHENTICATION_FAILED, "user", () -> database.open(Map.of("user", "nobody_known")));
    }

    @Test
    void a_wrong_password(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path rules = folder.resolve("hba.conf");
        Files.writeString(rules, "host all postgres all trust\nhost all all all scram-sha-256\n");
        try (TestServer strict = TestServer.start(Map.of("hba_file", rules.toString()));
                TestDatabase locked = TestDatabase.create(strict)) {
            locked.execute("CREATE ROLE guarded LOGIN REPLICATION PASSWORD 'right'");
            assertRefused(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "password",
                    () -> locked.open(Map.of("user", "guarded", "password", "wrong")));
            assertRefused(ErrorCode.AUTHENTICATION_FAILED, "password", () -> locked.open(Map.of("user", "guarded")));
            locked.open(Map.of("user", "guarded", "password", "right"));
        }
    }

    @Test
    void a_log_without_what_is_needed() throws IOException {
        try (TestServer server = TestServer.start(Map.of("wal_level", "replica"));
                TestDatabase unlogged = TestDatabase.create(server)) {
            assertRefused(
                    ErrorCode.WAL_LEVEL_NOT_LOGICAL, "ALTER SYSTEM SET wal_level = logical", () -> unlogged.open());
        }
    }

    @Test
    void a_server_that_is_too_old() {
        assertRefused(ErrorCode.PROTOCOL_VIOLATION, "14.9", () -> ServerFacts.requireVersion(14, "14.9"));
        ServerFacts.requireVersion(15, "15.0");
    }

    @Test
    void a_role_that_may_not_replicate() {
        database.execute("CREATE ROLE " + role() + " LOGIN");
        assertRefused(
                ErrorCode.MISSING_PRIVILEGE,
                "ALTER ROLE \"" + role() + "\" REPLICATION",
                () -> database.open(asRole()));
    }

    @Test
    void a_role_that_may_not_read_or_publish() {
        database.execute("CREATE ROLE " + role() + " LOGIN REPLICATION; CREATE TABLE t (id int PRIMARY KEY)");
        for (String needed : List.of(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role(),
                "GRANT SELECT ON \"public\".\"t\" TO " + role(),
                "GRANT postgres TO " + role())) {
            assertFollowRefused(ErrorCode.MISSING_PRIVILEGE, needed, asRole());
        }
        database.execute("GRANT CREATE ON DATABASE " + database.name() + " TO " + role() + "; ALTER TABLE t OWNER TO "
                + role() + "; CREATE SCHEMA IF NOT EXISTS public");
        RecordingListener listener = new RecordingListener(database.open(asRole()));
        listener.follow("t");
        assertEquals(List.of(), listener.rows("t"));
    }

    @Test
    void a_role_that_does_not_see_all_rows() {
        database.execute("CREATE ROLE " + role() + " LOGIN REPLICATION; CREATE TABLE t (id int PRIMARY KEY);"
                + " INSERT INTO t VALUES (1), (2); GRANT SELECT ON t TO " + role() + ";"
                + " ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (id = 1);"
                + " CREATE PUBLICATION ready FOR TABLE t WITH (publish_via_partition_root)");
        assertFollowRefused(ErrorCode.MISSING_PRIVILEGE, "BYPASSRLS", Map.of("user", role(), "publication", "ready"));
    }

    @Test
    void a_table_that_does_not_exist() {
        assertFollowRefused(ErrorCode.UNKNOWN_TABLE, "public.t", Map.of());
    }

    @Test
    void a_table_of_a_schema_that_is_left_out() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE SCHEMA s; CREATE TABLE s.u (id int PRIMARY KEY)");
        assertFollowRefused(ErrorCode.UNKNOWN_TABLE, "public.t", Map.of("schemas", "s"));
        assertEquals(1, database.open(Map.of("schemas", "s, none")).tables().size());
    }

    @Test
    void a_server_without_a_free_slot() throws IOException {
        try (TestServer server = TestServer.start(Map.of("max_replication_slots", "1"));
                TestDatabase crowded = TestDatabase.create(server)) {
            crowded.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
            RecordingListener first = crowded.follow("t");
            RecordingListener second = new RecordingListener(crowded.open());
            assertRefused(ErrorCode.NO_FREE_SLOT, "max_replication_slots", () -> second.follow("t"));
            assertEquals(1L, crowded.queryOne("SELECT count(*) FROM pg_publication"));
            assertRefused(ErrorCode.NO_FREE_SLOT, "max_replication_slots", () -> first.follow("u"));
            crowded.execute("INSERT INTO t VALUES (1)");
            first.catchUp();
            assertEquals(List.of(Row.of(1)), first.rows("t"));
        }
    }

    @Test
    void a_server_without_a_free_walsender() throws IOException {
        try (TestServer server = TestServer.start(Map.of("max_wal_senders", "1"));
                TestDatabase crowded = TestDatabase.create(server)) {
            crowded.execute("CREATE TABLE t (id int PRIMARY KEY)");
            crowded.follow("t");
            assertRefused(ErrorCode.NO_FREE_SLOT, "max_wal_senders", () -> crowded.open());
        }
    }

    @Test
    void a_given_publication_that_does_not_exist() {
        assertRefused(
                ErrorCode.INVALID_OPTION, "CREATE PUBLICATION \"p\"", () -> database.open(Map.of("publication", "p")));
    }

    @Test
    void a_given_publication_that_leaves_something_out() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        Map<String, String> options = Map.of("publication", "p");
        database.execute("CREATE PUBLICATION p WITH (publish = 'insert', publish_via_partition_root)");
        assertRefused(ErrorCode.INVALID_OPTION, "SET (publish = ", () -> database.open(options));
        database.execute(
                "ALTER PUBLICATION p SET (publish = 'insert, update, delete, truncate', publish_via_partition_root = false)");
        assertRefused(ErrorCode.INVALID_OPTION, "publish_via_partition_root", () -> database.open(options));
        database.execute("ALTER PUBLICATION p SET (publish_via_partition_root)");
        assertFollowRefused(ErrorCode.INVALID_OPTION, "ALTER PUBLICATION \"p\" ADD TABLE", options);
        database.execute("ALTER PUBLICATION p ADD TABLE t (id)");
        assertFollowRefused(ErrorCode.INVALID_OPTION, "column 'v'", options);
        database.execute("ALTER PUBLICATION p SET TABLE t WHERE (id > 1)");
        assertFollowRefused(ErrorCode.INVALID_OPTION, "without WHERE", options);
    }

    @Test
    void a_given_publication_is_used_and_kept() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY);"
                + " CREATE PUBLICATION \"my pub\" FOR ALL TABLES WITH (publish_via_partition_root)");
        RecordingListener listener = new RecordingListener(database.open(Map.of("publication", "my pub")));
        listener.follow("t");
        database.execute("INSERT INTO u VALUES (1); INSERT INTO t VALUES (2)");
        listener.catchUp();
        assertEquals(1, listener.transactions.size());
        listener.follow("u");
        database.execute("INSERT INTO u VALUES (3)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1), Row.of(3)), listener.rows("u"));
        listener.source.close();
        assertEquals("my pub", database.queryOne("SELECT pubname FROM pg_publication"));
    }
}
