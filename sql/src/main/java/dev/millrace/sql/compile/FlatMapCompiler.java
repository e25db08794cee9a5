package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.tablefunction.RowsOf;
import dev.millrace.sql.tablefunction.Signature;
import dev.millrace.sql.tablefunction.TableOperator;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;

/** Compiles a table function over the rows that its arguments are of. */
final class FlatMapCompiler {
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
        if (call.getOperator().equals(TableOperator.ROWS)) {
            return new Plan.FlatMap(input, new RowsOf(produced.size()), rows(arguments, produced), produced);
        }
        Signature signature = ((TableOperator) call.getOperator())
                .signature(arguments.stream().map(FlatMapCompiler::known).toList())
                .filter(found -> found.columns().equals(produced))
                .orElseThrow(() -> unsupported(call.getOperator().getName() + " of such arguments; cast them, which"));
        if (signature.parameters().contains(DataType.TIMESTAMPTZ) && !SessionZone.isUtc(SessionZone.current())) {
            throw unsupported(
                    call.getOperator().getName() + " of timestamptz in the time zone " + SessionZone.current());
        }
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(ExpressionCompiler.convert(
                    arguments.get(i), signature.parameters().get(i)));
        }
        return new Plan.FlatMap(input, signature.function(), converted, produced);
    }

    private static List<Expression> rows(List<Expression> arguments, List<DataType> produced) {
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).type() == DataType.CHAR) {
                throw unsupported("a char(n) column in LATERAL VALUES; cast it to text first, which");
            }
            converted.add(ExpressionCompiler.convert(arguments.get(i), produced.get(i % produced.size())));
        }
        return converted;
    }

    /** The type of an argument; that of a constant text or NULL is not known. */
    private static Optional<DataType> known(Expression argument) {
        boolean unknown = argument instanceof Expression.Literal(Object value, DataType type)
                && (value == null || type == DataType.TEXT);
        return unknown ? Optional.empty() : Optional.of(argument.type());
    }
}
