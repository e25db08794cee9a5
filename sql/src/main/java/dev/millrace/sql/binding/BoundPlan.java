package dev.millrace.sql.binding;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a plan with parameters runs. */
public sealed interface BoundPlan {
    /**
     * One circuit for all bindings.
     *
     * @param plan its rows are those of the plan with parameters, each followed by the number of its binding
     * @param bindings the table that it reads them from: a binding's number, then its values
     */
    record Shared(Plan plan, Plan.Table bindings) implements BoundPlan {
        /** The column with the number of the binding. */
        public int binding() {
            return plan.types().size() - 1;
        }
    }

    /** A circuit for each binding, with its values as constants; {@code reason} says why. */
    record Apart(String reason) implements BoundPlan {}

    /** The table of bindings with values of these types. */
    static Plan.Table bindings(String id, List<DataType> types) {
        return new Plan.Table(
                id, Stream.concat(Stream.of(DataType.INT8), types.stream()).toList());
    }

    /** The id of a table of bindings; no table of a source has such a one. */
    static String tableId(long number) {
        return "bindings " + number;
    }

    /** What the columns of such a table are called. */
    static List<String> columnNames(Plan.Table bindings) {
        return IntStream.range(0, bindings.types().size())
                .mapToObj(i -> i == 0 ? "binding" : "$" + i)
                .toList();
    }
}
