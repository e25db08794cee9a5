package dev.millrace.sql.function;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;

/** The names that the validator resolves. One that it knows and {@link Functions} does not is refused by name. */
public final class Operators {
    private static final Set<SqlLibrary> LIBRARIES = EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL);
    public static final SqlOperatorTable TABLE = SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(LIBRARIES);

    private Operators() {}
}
