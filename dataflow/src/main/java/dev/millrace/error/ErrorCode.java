package dev.millrace.error;

/** The closed list of error codes. A code never changes its meaning; its text is what users search for. */
public enum ErrorCode {
    /** The text is not a statement of the dialect. */
    SYNTAX_ERROR("MR-1001"),
    /** No table or view has this name. */
    UNKNOWN_TABLE("MR-1002"),
    /** No column in scope has this name. */
    UNKNOWN_COLUMN("MR-1003"),
    /** No function has this name, or none takes these argument types. */
    UNKNOWN_FUNCTION("MR-1004"),
    /** The statement is well-formed but its meaning is not: types that do not match, an ambiguous name, a misplaced aggregate. */
    INVALID_QUERY("MR-1005"),
    /** The construct is valid SQL which Millrace cannot keep live yet. */
    UNSUPPORTED_SQL("MR-1006"),
    /** A column that the query reads has a type that Millrace cannot represent yet. */
    UNSUPPORTED_TYPE("MR-1007"),
    /** A row makes an expression of the query fail: division by zero, overflow, a bad cast. */
    DATA_ERROR("MR-1008"),
    /** The values for a query's parameters are too few or too many, or one is not of its parameter's type. */
    INVALID_ARGUMENT("MR-1009"),
    /** A row with this primary key is in the table already. */
    UNIQUE_VIOLATION("MR-1010"),
    /** A column that is NOT NULL was to hold a NULL. */
    NOT_NULL_VIOLATION("MR-1011"),
    /** The statement is not possible in the transaction's state: within one, without one, or after a statement of it failed. */
    INVALID_TRANSACTION_STATE("MR-1012"),
    /** The text is longer than what is read. */
    TEXT_TOO_LONG("MR-1013"),
    /** The statement is nested too deeply. */
    NESTED_TOO_DEEPLY("MR-1014"),
    /** The query's plan would have too many operators and expressions. */
    PLAN_TOO_LARGE("MR-1015"),
    /** A Java method cannot be a function of SQL, or there is such a function already. */
    INVALID_FUNCTION("MR-1019"),
    /** An enum type has no such label. */
    UNKNOWN_LABEL("MR-1020"),
    /** The transaction has no savepoint with this name. */
    UNKNOWN_SAVEPOINT("MR-1021"),

    /** A source with this name exists already. */
    DUPLICATE_SOURCE("MR-2001"),
    /** No source has this name. */
    UNKNOWN_SOURCE("MR-2002"),
    /** No connector of this type is on the class path. */
    UNKNOWN_CONNECTOR("MR-2003"),
    /** A connector option is unknown, missing or has a value of the wrong form. */
    INVALID_OPTION("MR-2004"),
    /** The source cannot be dropped while live queries read it. */
    SOURCE_IN_USE("MR-2005"),
    /** A table or view with this name exists already. */
    DUPLICATE_RELATION("MR-2006"),
    /** The table or view cannot be dropped while others depend on it. */
    RELATION_IN_USE("MR-2007"),
    /** Views would read one another in a circle. */
    CYCLIC_DEPENDENCY("MR-2008"),
    /** A view was replaced, and what reads it cannot go on as it was. */
    VIEW_REPLACED("MR-2009"),

    /** The server cannot be reached. */
    SERVER_UNREACHABLE("MR-3001"),
    /** The server refused user or password. */
    AUTHENTICATION_FAILED("MR-3002"),
    /** The server's {@code wal_level} is not {@code logical}. */
    WAL_LEVEL_NOT_LOGICAL("MR-3003"),
    /** The role lacks a privilege: REPLICATION, SELECT on a table, CREATE on the database, ownership of a table. */
    MISSING_PRIVILEGE("MR-3004"),
    /** All replication slots or walsenders of the server are in use. */
    NO_FREE_SLOT("MR-3005"),
    /** The table's updates and deletes cannot be followed: no primary key, and no other replica identity. */
    NO_REPLICA_IDENTITY("MR-3006"),
    /** The table changed upstream in a way that its followers cannot follow. */
    SOURCE_SCHEMA_CHANGED("MR-3007"),
    /** The server sent what the protocol does not allow, or is older than what is supported. */
    PROTOCOL_VIOLATION("MR-3008"),
    /** The server reported an error that has no code of its own here. */
    SOURCE_FAILED("MR-3009"),
    /** The server is not the one, or not in the state, that was followed before. */
    POSITION_LOST("MR-3010"),

    /** An engine bug stopped this query; others run on. */
    QUERY_FAILED("MR-5001"),
    /** The database, source or query is closed. */
    CLOSED("MR-5002"),
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED("MR-5003");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    /** The stable text of the code, such as {@code MR-1002}. */
    public String code() {
        return code;
    }
}
