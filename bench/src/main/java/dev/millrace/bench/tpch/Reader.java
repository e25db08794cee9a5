package dev.millrace.bench.tpch;

import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;

/** Whom all changes are told. */
final class Reader implements Subscriber {
    @Override
    public void changes(Message.Changes changes) {}
}
