package dev.millrace.connector.postgres;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables on their way to being live: their contents are copied at a consistent point while the stream goes on, and what it
 * says of them meanwhile is held back. All but {@link #outcome} is guarded by the lock of {@link Delivery}.
 */
final class Load {
    /** How a load ends, unless it fails. */
    enum Outcome {
        INSTALLED,
        /** The stream was interrupted by a new slot, so that changes are missing: the contents must be read again. */
        STALE
    }

    private record Held(long commit, RowChange change) {}

    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private final List<PostgresTable> tables;
    private final Set<TableName> names;
    private final List<Held> held = new ArrayList<>();
    private @Nullable Baseline baseline;

    Load(List<PostgresTable> tables) {
        this.tables = tables;
        this.names = tables.stream().map(PostgresTable::name).collect(Collectors.toUnmodifiableSet());
    }

    List<PostgresTable> tables() {
        return tables;
    }

    Set<TableName> names() {
        return names;
    }

    void hold(long commit, RowChange change) {
        held.add(new Held(commit, change));
    }

    void copied(Baseline copied) {
        baseline = copied;
    }

    /** The consistent point, if the copy is complete and lies in what was delivered up to here. */
    boolean isReachedAt(long position) {
        return baseline != null && !Lsn.isBefore(position, baseline.position());
    }

    /** Where the copy was made; to be asked only of a complete one. */
    long consistentPoint() {
        return complete().position();
    }

    /** The copy with what was held back since. */
    List<TableContents> contents() {
        Map<TableName, List<RowChange>> changes = new HashMap<>();
        for (Held one : held) {
            if (!Lsn.isBefore(one.commit, consistentPoint())) {
                changes.computeIfAbsent(one.change.table(), ignored -> new ArrayList<>())
                        .add(one.change);
            }
        }
        return complete().contents().stream()
                .map(contents -> TableImage.replay(
                        contents, changes.getOrDefault(contents.table().name(), List.of())))
                .toList();
    }

    void fail(MillraceException cause) {
        outcome.completeExceptionally(cause);
    }

    private Baseline complete() {
        if (baseline == null) {
            throw new IllegalStateException("not copied yet");
        }
        return baseline;
    }
}
