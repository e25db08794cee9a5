package dev.millrace.connector.postgres;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.sql.SQLException;

/** What the server's or the driver's errors mean to a user, by their SQLSTATE, and what to do about them. */
final class ServerErrors {
    static final String UNDEFINED_OBJECT = "42704";
    static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

    private static final String CONNECTION_REJECTED = "08004";
    private static final String INVALID_AUTHORIZATION = "28000";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String INVALID_CATALOG_NAME = "3D000";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String CONFIGURATION_LIMIT_EXCEEDED = "53400";

    private ServerErrors() {}

    /**
     * @param doing what was tried, to begin a message with, such as "cannot read table a.b"
     * @param privilege what a role without the privilege for this needs, such as {@code GRANT SELECT ON a.b TO c}
     */
    static MillraceException diagnose(SQLException error, PostgresOptions server, String doing, String privilege) {
        String state = String.valueOf(error.getSQLState());
        String said = doing + " at " + server.address() + "/" + server.database() + ": " + message(error);
        return switch (state) {
            case CONNECTION_REJECTED, INVALID_AUTHORIZATION, INVALID_PASSWORD ->
                error(ErrorCode.AUTHENTICATION_FAILED, said + ". Check the options user and password", error);
            case INVALID_CATALOG_NAME -> error(ErrorCode.INVALID_OPTION, said + ". Check the option url", error);
            case INSUFFICIENT_PRIVILEGE -> error(ErrorCode.MISSING_PRIVILEGE, said + ". Needed: " + privilege, error);
            case CONFIGURATION_LIMIT_EXCEEDED ->
                error(
                        ErrorCode.NO_FREE_SLOT,
                        said + ". Raise max_replication_slots and restart the server, or drop unused slots"
                                + " (SELECT * FROM pg_replication_slots WHERE NOT active)",
                        error);
            case TOO_MANY_CONNECTIONS ->
                error(
                        ErrorCode.NO_FREE_SLOT,
                        said
                                + ". Raise max_wal_senders (for ordinary connections max_connections) and restart the server",
                        error);
            default ->
                isUnreachable(state, error)
                        ? error(ErrorCode.SERVER_UNREACHABLE, said + ". Is the server running there?", error)
                        : error(ErrorCode.SOURCE_FAILED, said + " (SQLSTATE " + state + ")", error);
        };
    }

    static MillraceException diagnose(SQLException error, PostgresOptions server, String doing) {
        return diagnose(error, server, doing, "more privileges for the user, or another user");
    }

    /** Class 08: no connection, or none any more; class 57P: shutting down or starting up. */
    private static boolean isUnreachable(String state, SQLException error) {
        return state.startsWith("08") || state.startsWith("57P") || error.getCause() instanceof IOException;
    }

    private static String message(SQLException error) {
        String message = String.valueOf(error.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static MillraceException error(ErrorCode code, String message, SQLException cause) {
        return new MillraceException(code, message, cause);
    }
}
