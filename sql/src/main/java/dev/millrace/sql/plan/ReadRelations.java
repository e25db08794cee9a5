package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.CatalogView;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** The tables and views that a query turns out to read while it is planned. */
final class ReadRelations {
    private final Set<String> ids = new LinkedHashSet<>();
    private final BiFunction<CatalogView, RelOptCluster, RelNode> expansion;

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

    RelNode expand(CatalogView view, RelOptCluster cluster) {
        return expansion.apply(view, cluster);
    }
}
