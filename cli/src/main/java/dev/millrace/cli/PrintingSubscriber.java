package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Prints what it is told, and stops the command when the query ends or nobody reads any more. */
final class PrintingSubscriber implements Subscriber {
    private final MessagePrinter printer;
    private final PrintWriter out;
    private final StopSignal stop;
    private volatile @Nullable MillraceException failure;

    PrintingSubscriber(MessagePrinter printer, PrintWriter out, StopSignal stop) {
        this.printer = printer;
        this.out = out;
        this.stop = stop;
    }

    /** @throws MillraceException what ended the query, if something did */
    void throwFailure() {
        MillraceException ended = failure;
        if (ended != null) {
            throw ended;
        }
    }

    @Override
    public void accepted(Message.Accepted message) {
        print(message);
    }

    @Override
    public void initial(Message.Initial message) {
        print(message);
    }

    @Override
    public void changes(Message.Changes message) {
        print(message);
    }

    @Override
    public void progress(Message.Progress message) {
        print(message);
    }

    @Override
    public void resync(Message.Resync message) {
        print(message);
    }

    @Override
    public void noResult(Message.NoResult message) {
        print(message);
    }

    @Override
    public void failed(Message.Failed message) {
        failure = message.error();
        stop.request();
    }

    private void print(Message message) {
        printer.print(message);
        if (out.checkError()) {
            stop.request();
        }
    }
}
