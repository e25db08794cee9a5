package dev.millrace.lifecycle;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.binding.Arguments;
import dev.millrace.sql.binding.InlinedValues;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.clock.ClockPlans;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.compile.QueryCompiler;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query and its values, before it is known what else runs.
 *
 * @param plan what it is if it runs by itself
 * @param template what it has in common with queries of other values, if it has any
 * @param values for the template
 * @param inlined whether the values were constants of its text
 */
record Preparation(Plan plan, Optional<Template> template, Row values, boolean inlined, Set<String> tables) {
    /**
     * Of a query with these arguments.
     *
     * @param at the time that is its {@code now()}, if that is not to pass
     * @throws dev.millrace.error.MillraceException {@code INVALID_ARGUMENT}, or {@code DATA_ERROR} if what the query computes of them has no value
     */
    static Preparation of(CompiledQuery query, List<? extends @Nullable Object> arguments, OptionalLong at) {
        Plan compiled = at.isPresent() ? ClockPlans.at(query.plan(), at.getAsLong()) : ClockPlans.live(query.plan());
        Row row = Arguments.of(query.parameters(), arguments);
        boolean inlined = query.parameters().isEmpty();
        // Parameters may all stand in what nobody reads.
        Optional<Template> template = inlined
                ? InlinedValues.of(compiled)
                : Optional.of(Template.of(compiled))
                        .filter(found -> !found.values().isEmpty());
        Row values = template.map(found -> found.values(row)).orElse(Row.EMPTY);
        Plan plan = inlined || template.isEmpty()
                ? compiled
                : template.orElseThrow().alone(values);
        return new Preparation(plan, template, values, inlined, query.tables());
    }

    /** What is kept by itself, whatever else runs: the result of a plan without parameters. */
    static Preparation alone(Plan plan) {
        return new Preparation(ClockPlans.live(plan), Optional.empty(), Row.EMPTY, true, QueryCompiler.tablesOf(plan));
    }
}
