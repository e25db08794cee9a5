package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.tablefunction.GenerateSeries;
import dev.millrace.sql.tablefunction.RowsOf;
import dev.millrace.sql.tablefunction.StringToTable;
import dev.millrace.sql.tablefunction.TableOperator;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlOperator;

/** Compiles a table function over the rows that its arguments are of. */
final class FlatMapCompiler {
    private static final Set<DataType> INTEGERS = EnumSet.of(DataType.INT2, DataType.INT4, DataType.INT8);

    private final TableFunctionScan scan;
    private final Plan input;

    FlatMapCompiler(TableFunctionScan scan, Plan input) {
        this.scan = scan;
        this.input = input;
    }

    Plan compile() {
        RexCall call = (RexCall) scan.getCall();
        List<String> names = scan.getInput(0).getRowType().getFieldNames();
        List<Expression> arguments = new ExpressionCompiler(
                        input.types(), names, scan.getCluster().getRexBuilder())
                .compileAll(call.getOperands());
        List<RelDataTypeField> fields = scan.getRowType().getFieldList();
        List<DataType> produced = fields.subList(names.size(), fields.size()).stream()
                .map(field -> TypeMapping.toEngine(field.getType()))
                .toList();
        TableFunction function = function(call.getOperator(), arguments, produced);
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(ExpressionCompiler.convert(arguments.get(i), produced.get(i % produced.size())));
        }
        return new Plan.FlatMap(input, function, converted, produced);
    }

    private static TableFunction function(SqlOperator operator, List<Expression> arguments, List<DataType> produced) {
        if (arguments.stream().anyMatch(argument -> argument.type() == DataType.CHAR)) {
            throw unsupported(
                    "a char(n) column in UNNEST, LATERAL VALUES or a table function; cast it to text first, which");
        }
        if (operator.equals(TableOperator.ROWS)) {
            return new RowsOf(produced.size());
        }
        boolean series = operator.equals(TableOperator.GENERATE_SERIES);
        for (Expression argument : arguments) {
            boolean isNull = argument instanceof Expression.Literal(Object value, DataType ignored) && value == null;
            boolean fits = isNull || (series ? INTEGERS.contains(argument.type()) : argument.type() == DataType.TEXT);
            if (!fits) {
                throw unsupported(operator.getName() + " of " + argument.type().sqlName());
            }
        }
        return series ? new GenerateSeries(produced.getFirst()) : new StringToTable();
    }
}
