package dev.millrace.cli;

/** Where the demonstration shows how it goes. Called by one thread. */
interface DemoDisplay extends AutoCloseable {
    /** A second has passed. */
    void second(DemoMeter.Reading reading);

    /** Something may have changed; called several times a second. */
    void frame();

    @Override
    void close();
}
