package dev.millrace.connector.postgres;

/**
 * Holds back the interruption of a thread while it tidies up: an interrupted thread may not wait, and a virtual one cannot even talk
 * to the server, as its interruption closes the socket that it uses.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Something to be done to the end. */
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Does the work as if the thread had not been interrupted before, and restores the interruption afterwards. */
    static <E extends Exception> void run(Work<E> work) throws E {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
