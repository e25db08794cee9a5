package dev.millrace.sql.type;

import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** The type of a column that exists but cannot be read yet; it goes by its name in the source. */
public final class UnsupportedType extends AbstractSqlType {
    private final String sourceName;

    public UnsupportedType(String typeName, boolean nullable) {
        super(SqlTypeName.OTHER, nullable, null);
        this.sourceName = typeName;
        computeDigest();
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append(sourceName);
    }
}
