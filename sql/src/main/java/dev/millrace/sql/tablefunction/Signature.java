package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call means for arguments of some types.
 *
 * @param parameters the types that they are converted to
 * @param columns those of the rows that the function gives
 */
public record Signature(List<DataType> parameters, TableFunction function, List<DataType> columns) {
    public Signature {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }

    /** The same with the numbers of the rows in one more column. */
    Signature numbered() {
        List<DataType> more = new ArrayList<>(columns);
        more.add(DataType.INT8);
        return new Signature(parameters, new Numbered(function), more);
    }

    /** The same with a row of NULLs where there is none. */
    Signature orNulls() {
        return new Signature(parameters, new OrNulls(function, columns.size()), columns);
    }
}
