package dev.millrace.connector;

/** The name of a table in its source, case-sensitive as stored there. */
public record TableName(String schema, String name) {
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
