package dev.millrace.testkit.oracle;

import java.util.List;
import java.util.stream.Collectors;

/** Statements that are committed together, or rolled back. */
record Transaction(List<Sql> statements, boolean commit) {
    Transaction {
        statements = List.copyOf(statements);
    }

    @Override
    public String toString() {
        return statements.stream()
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining("", "BEGIN;\n", commit ? "COMMIT;\n" : "ROLLBACK;\n"));
    }
}
