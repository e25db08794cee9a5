package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogView;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** The tables and views that a query turns out to read while it is planned. */
final class ReadRelations {
    private static final int MAX_EXPANSIONS = 256;

    private final Set<String> ids = new LinkedHashSet<>();
    private final BiFunction<CatalogView, RelOptCluster, RelNode> expansion;
    private int expanded;

    /** @param expansion the query of a view as relational algebra */
    ReadRelations(BiFunction<CatalogView, RelOptCluster, RelNode> expansion) {
        this.expansion = expansion;
    }

    void add(String id) {
        ids.add(id);
    }

    /** Their ids, those within views too. */
    Set<String> ids() {
        return ids;
    }

    /**
     * A view's query.
     *
     * @throws MillraceException {@code PLAN_TOO_LARGE} if views are in views so often that there would be no end
     */
    RelNode expand(CatalogView view, RelOptCluster cluster) {
        if (++expanded > MAX_EXPANSIONS) {
            throw new MillraceException(
                    ErrorCode.PLAN_TOO_LARGE,
                    "the query reads views " + MAX_EXPANSIONS
                            + " times and more, counting those within views; make some of them materialized");
        }
        return expansion.apply(view, cluster);
    }
}
