package dev.millrace.lifecycle;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanText;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.binding.BoundPlan;
import dev.millrace.sql.binding.PlanBinder;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.clock.ClockPlans;
import dev.millrace.sql.compile.CompiledQuery;
import java.util.ArrayList;
import java.util.List;

/** A query and the catalog that it was compiled for. */
record Compilation(CompiledQuery query, Catalog catalog) {
    static Compilation of(String sql, Catalog catalog) {
        return new Compilation(SqlCompiler.compile(sql, catalog), catalog);
    }

    /** How it would run, as lines to read. */
    List<String> plan() {
        Plan live = ClockPlans.live(query.plan());
        if (query.parameters().isEmpty()) {
            return PlanText.of(live, catalog::columnNames);
        }
        Template template = Template.of(live);
        List<String> lines = new ArrayList<>();
        switch (PlanBinder.bind(template.plan(), template.types(), "bindings")) {
            case BoundPlan.Shared shared -> {
                lines.add("one circuit for all bindings");
                lines.addAll(PlanText.of(
                        shared.plan(),
                        table -> table.equals(shared.bindings().id())
                                ? BoundPlan.columnNames(shared.bindings())
                                : catalog.columnNames(table)));
            }
            case BoundPlan.Apart apart -> {
                lines.add("a circuit for each binding: " + apart.reason());
                lines.addAll(PlanText.of(template.plan(), catalog::columnNames));
            }
        }
        return lines;
    }
}
