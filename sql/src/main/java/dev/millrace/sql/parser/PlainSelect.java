package dev.millrace.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries that are made, not read. */
public final class PlainSelect {
    private PlainSelect() {}

    /** {@code SELECT items FROM from WHERE where}. */
    public static SqlSelect of(
            List<? extends SqlNode> items, @Nullable SqlNode from, @Nullable SqlNode where, SqlParserPos position) {
        return new SqlSelect(
                position,
                null,
                new SqlNodeList(items, position),
                from,
                where,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
