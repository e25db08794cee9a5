package dev.millrace.sql.type;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Types as a query names them. */
public final class TypeSpecs {
    private TypeSpecs() {}

    public static SqlDataTypeSpec of(RelDataType type, SqlParserPos position) {
        return new SqlDataTypeSpec(name(type, position), position);
    }

    private static SqlTypeNameSpec name(RelDataType type, SqlParserPos position) {
        if (EngineType.isOne(type)) {
            return new SqlUserDefinedTypeNameSpec(new SqlIdentifier(EngineType.nameOf(type), position), position);
        }
        if (type.getSqlTypeName() == SqlTypeName.ARRAY) {
            return new SqlCollectionTypeNameSpec(
                    name(Objects.requireNonNull(type.getComponentType()), position), SqlTypeName.ARRAY, position);
        }
        return SqlTypeUtil.convertTypeToSpec(type).getTypeNameSpec();
    }
}
