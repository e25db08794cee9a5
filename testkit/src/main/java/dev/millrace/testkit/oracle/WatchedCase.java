package dev.millrace.testkit.oracle;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.connector.Position;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.ResultComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One case while a trial runs: its live query, what its subscribers were told, and whether it is still worth watching. */
final class WatchedCase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.UNSUPPORTED_SQL, ErrorCode.UNSUPPORTED_TYPE, ErrorCode.SYNTAX_ERROR);

    private static final int SHOWN_FRAMES = 12;

    private final Case watched;
    private final List<LiveHistory> histories = new ArrayList<>();
    private @Nullable LiveQuery query;
    private @Nullable Difference difference;
    private @Nullable String refusal;
    private @Nullable String rejection;
    private @Nullable String dataError;
    private int comparisons;

    WatchedCase(Case watched) {
        this.watched = watched;
    }

    Case watched() {
        return watched;
    }

    Optional<Difference> difference() {
        return Optional.ofNullable(difference);
    }

    /** Why Millrace does not take the query, if so. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Why Postgres does not take the query, if so. */
    Optional<String> rejection() {
        return Optional.ofNullable(rejection);
    }

    int comparisons() {
        return comparisons;
    }

    boolean isOver() {
        return difference != null || refusal != null || rejection != null;
    }

    void reject(String reason) {
        rejection = reason;
        close();
    }

    /** Makes the query live, anew if it was. */
    void open(Millrace millrace, int transaction) {
        close();
        dataError = null;
        try {
            LiveQuery opened = millrace.live(watched.sql(), watched.given());
            query = opened;
            for (int i = watched.twice() ? 2 : 1; i > 0; i--) {
                LiveHistory history = new LiveHistory();
                histories.add(history);
                opened.subscribe(history);
            }
        } catch (MillraceException e) {
            close();
            if (REFUSALS.contains(e.code())) {
                refusal = e.detail();
            } else if (e.code() == ErrorCode.DATA_ERROR) {
                dataError = e.getMessage();
            } else {
                differ(Difference.Kind.INSTALLATION, transaction, new Position(0, "the start"), e.getMessage());
            }
        }
    }

    /** Holds the live result against Postgres's at this position, the latest. */
    void compare(Answer expected, int transaction, Position position) {
        comparisons++;
        if (dataError != null && expected instanceof Answer.Rows) {
            differ(Difference.Kind.ERROR, transaction, position, "Postgres answers, but here: " + dataError);
        }
        histories.forEach(history -> compare(history, expected, transaction, position));
    }

    private void compare(LiveHistory history, Answer expected, int transaction, Position position) {
        List<@Nullable Object[]> actual;
        try {
            Position place = reached(history, position);
            actual = ResultComparison.values(history.at(place));
            history.forgetBefore(place);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.DATA_ERROR) {
                differ(Difference.Kind.PROTOCOL, transaction, position, e.getMessage() + origin(e));
            } else if (expected instanceof Answer.Rows) {
                differ(Difference.Kind.ERROR, transaction, position, "Postgres answers, but here: " + e.getMessage());
            }
            return;
        } catch (IllegalStateException | IllegalArgumentException e) {
            differ(Difference.Kind.PROTOCOL, transaction, position, String.valueOf(e.getMessage()));
            return;
        }
        switch (expected) {
            case Answer.Rows(List<@Nullable Object[]> rows) ->
                ResultComparison.UNORDERED
                        .difference(rows, actual)
                        .ifPresent(text -> differ(Difference.Kind.RESULT, transaction, position, text));
            case Answer.DataError(String message) ->
                differ(
                        Difference.Kind.ERROR,
                        transaction,
                        position,
                        "Postgres fails (" + message + "), but here there are " + actual.size() + " rows");
            case Answer.Rejected(String message) -> reject(message);
        }
    }

    /** The last position that is known, at this one or later, where nothing more was written. A query that reads no table has no position. */
    private static Position reached(LiveHistory history, Position position) {
        Optional<Position> told = history.position();
        if (told.isEmpty() || told.get().value() != 0) {
            history.awaitPast(position, PATIENCE);
        }
        // While there never was a result there is no position, and the question for one gives the error.
        return history.position().orElse(position);
    }

    /** Where a bug showed: the first lines of the innermost cause's stack. */
    private static String origin(MillraceException error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Arrays.stream(cause.getStackTrace())
                .limit(SHOWN_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    private void differ(Difference.Kind kind, int transaction, Position position, String text) {
        if (difference == null) {
            difference = new Difference(watched, kind, transaction, position, text);
        }
    }

    @Override
    public void close() {
        if (query != null) {
            query.close();
            query = null;
        }
        histories.forEach(LiveHistory::close);
        histories.clear();
    }
}
