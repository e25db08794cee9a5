package dev.millrace.cli;

import dev.millrace.message.Message;

/** Writes a live query's messages, each as one or more lines. */
interface MessagePrinter {
    void print(Message message);
}
