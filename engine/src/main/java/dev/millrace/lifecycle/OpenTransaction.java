package dev.millrace.lifecycle;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Statements that change own tables together or not at all: nothing of them is seen by others until it is committed, in one step. From the first change on no other transaction changes
 * anything until this one ends. As in Postgres, nothing more can be done in it once a statement failed, but to go back to a savepoint.
 */
public final class OpenTransaction {
    private final Coordinator coordinator;
    private final WriteTurns turns;
    private final WriteSet writes;
    private final long now;
    private State state = State.ACTIVE;
    private boolean writing;
    /** The last first. */
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();

    /** @param mark up to where the writes stand when it is gone back to */
    private record Savepoint(String name, int mark) {}

    private enum State {
        ACTIVE,
        FAILED,
        ENDED
    }

    OpenTransaction(Coordinator coordinator, LiveCircuit circuit, WriteTurns turns) {
        this.coordinator = coordinator;
        this.turns = turns;
        this.writes = new WriteSet(circuit);
        this.now = circuit.now();
    }

    /** When it began, in microseconds since 1970. */
    long now() {
        return now;
    }

    /** Whether it was neither committed nor rolled back. */
    public synchronized boolean isOpen() {
        return state != State.ENDED;
    }

    /** Parses a statement. If that fails, so has the transaction. */
    synchronized Statement parsed(Supplier<Statement> parser) {
        requireOpen();
        return orFail(parser);
    }

    /** Does a statement, of whatever kind, in it. If that fails, so has the transaction. */
    synchronized <T> T within(Supplier<T> statement) {
        requireActive();
        return orFail(statement);
    }

    private <T> T orFail(Supplier<T> statement) {
        boolean done = false;
        try {
            T result = statement.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                state = State.FAILED;
            }
        }
    }

    /** Changes rows, on the circuit's thread. A change that fails is taken back. */
    synchronized <T> T write(Function<WriteSet, T> change) {
        if (!writing) {
            turns.begin();
            writing = true;
        }
        return coordinator.call(() -> {
            int start = writes.mark();
            boolean done = false;
            try {
                T result = change.apply(writes);
                done = true;
                return result;
            } finally {
                if (!done) {
                    writes.takeBack(start);
                }
                if (savepoints.isEmpty()) {
                    writes.keep();
                }
            }
        });
    }

    /** Notes what was done so far, to be gone back to. It hides an earlier one of its name. */
    synchronized void savepoint(String name) {
        savepoints.push(new Savepoint(name, writing ? coordinator.call(writes::mark) : 0));
    }

    /**
     * Forgets a savepoint and those after it; what was done since stays.
     *
     * @throws MillraceException {@code UNKNOWN_SAVEPOINT}
     */
    synchronized void release(String savepoint) {
        Savepoint released = find(savepoint);
        while (!savepoints.pop().equals(released)) {}
    }

    /**
     * Takes back what was done since a savepoint, which stays, and forgets those after it. The transaction is as it was then, even if a statement failed since.
     *
     * @throws MillraceException {@code UNKNOWN_SAVEPOINT}
     */
    synchronized void rollbackTo(String savepoint) {
        requireOpen();
        orFail(() -> {
            Savepoint found = find(savepoint);
            while (!savepoints.getFirst().equals(found)) {
                savepoints.pop();
            }
            if (writing) {
                coordinator.call(() -> {
                    writes.takeBack(found.mark);
                    return true;
                });
            }
            state = State.ACTIVE;
            return true;
        });
    }

    private Savepoint find(String name) {
        return savepoints.stream()
                .filter(savepoint -> savepoint.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.UNKNOWN_SAVEPOINT, "savepoint \"" + name + "\" does not exist"));
    }

    /** What it has written so far; nothing if it has not. */
    synchronized Optional<WriteSet> writes() {
        return writing ? Optional.of(writes) : Optional.empty();
    }

    /**
     * Ends it, and shows what it did, if none of its statements failed; else nothing is changed.
     *
     * @return whether it was committed
     */
    public synchronized boolean commit() {
        requireOpen();
        boolean committed = state == State.ACTIVE;
        try {
            if (committed && writing) {
                coordinator.call(() -> {
                    writes.commit();
                    return true;
                });
            }
        } finally {
            end();
        }
        return committed;
    }

    /** Ends it; nothing is changed. */
    public synchronized void rollback() {
        requireOpen();
        end();
    }

    private void end() {
        state = State.ENDED;
        if (writing) {
            writing = false;
            turns.end();
        }
    }

    private void requireActive() {
        requireOpen();
        if (state == State.FAILED) {
            throw new MillraceException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "current transaction is aborted, commands ignored until end of transaction block: a statement of it failed, so roll it back, or back to a savepoint");
        }
    }

    private void requireOpen() {
        if (state == State.ENDED) {
            throw new MillraceException(
                    ErrorCode.INVALID_TRANSACTION_STATE, "the transaction has ended; begin another");
        }
    }
}
