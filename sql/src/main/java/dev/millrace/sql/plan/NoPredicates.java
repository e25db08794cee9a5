package dev.millrace.sql.plan;

import com.google.common.collect.Multimap;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.Metadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.UnboundMetadata;

/**
 * Keeps the planner from inferring what holds of the rows of a tree: it computes conditions for that in a runtime of its own, whose values are not Postgres's, and which knows no types but the standard's.
 * Public for the code that the planner generates.
 */
public final class NoPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
    /** The planner's metadata without predicates. */
    static final RelMetadataProvider METADATA = new Provider();

    private NoPredicates() {}

    @Override
    public MetadataDef<BuiltInMetadata.Predicates> getDef() {
        return BuiltInMetadata.Predicates.DEF;
    }

    /** Called by the planner's generated code. */
    public RelOptPredicateList getPredicates(RelNode node, RelMetadataQuery metadata) {
        return RelOptPredicateList.EMPTY;
    }

    /** A handler of its own beside the planner's would be asked only of operators that those do not know. */
    @SuppressWarnings("deprecation") // of the interface
    private static final class Provider implements RelMetadataProvider {
        private static final RelMetadataProvider PLANNERS = DefaultRelMetadataProvider.INSTANCE;

        @Override
        public <M extends Metadata> UnboundMetadata<M> apply(
                Class<? extends RelNode> node, Class<? extends M> metadata) {
            return PLANNERS.apply(node, metadata);
        }

        @Override
        public <M extends Metadata> Multimap<Method, MetadataHandler<M>> handlers(MetadataDef<M> metadata) {
            return PLANNERS.handlers(metadata);
        }

        @Override
        public List<MetadataHandler<?>> handlers(Class<? extends MetadataHandler<?>> handler) {
            return handler == BuiltInMetadata.Predicates.Handler.class
                    ? List.of(new NoPredicates())
                    : PLANNERS.handlers(handler);
        }
    }
}
