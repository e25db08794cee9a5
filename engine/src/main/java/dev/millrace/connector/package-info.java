/**
 * What an outside system must provide to be followed: a {@link dev.millrace.connector.Connector} found by {@link java.util.ServiceLoader}
 * opens a {@link dev.millrace.connector.Source}, which tells a {@link dev.millrace.connector.SourceListener} whole transactions in commit order. A source
 * knows nothing of queries.
 */
@NullMarked
package dev.millrace.connector;

import org.jspecify.annotations.NullMarked;
