package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Keeps the planner from inferring what holds of the rows of a tree: it computes conditions for that in a runtime of its own, whose values are not Postgres's, and which knows no types but the standard's.
 * Public for the code that the planner generates.
 */
public final class NoPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
    /** The planner's metadata without predicates. */
    static final RelMetadataProvider METADATA = ChainedRelMetadataProvider.of(ImmutableList.of(
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new NoPredicates(), BuiltInMetadata.Predicates.Handler.class),
            DefaultRelMetadataProvider.INSTANCE));

    private NoPredicates() {}

    @Override
    public MetadataDef<BuiltInMetadata.Predicates> getDef() {
        return BuiltInMetadata.Predicates.DEF;
    }

    /** Called by the planner's generated code. */
    public RelOptPredicateList getPredicates(RelNode node, RelMetadataQuery metadata) {
        return RelOptPredicateList.EMPTY;
    }
}
