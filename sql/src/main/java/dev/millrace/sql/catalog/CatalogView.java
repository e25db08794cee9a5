package dev.millrace.sql.catalog;

import dev.millrace.dataflow.plan.Plan;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A named query. What reads a plain view is planned with the view's query in its place; a materialized one is a result that is kept, whose plan others have in common.
 *
 * @param table its name and columns; a materialized view's key
 * @param query its text
 * @param plan a materialized view's
 * @param timeZone a materialized view's; a plain one is read in the reader's
 * @param reads the ids of all tables and views that it reads, also by way of other views
 */
public record CatalogView(CatalogTable table, String query, Optional<Plan> plan, Set<String> reads, ZoneId timeZone) {
    public CatalogView {
        reads = Set.copyOf(reads);
    }

    public String id() {
        return table.id();
    }

    public String name() {
        return table.name();
    }

    public boolean isMaterialized() {
        return plan.isPresent();
    }
}
