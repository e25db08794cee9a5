/**
 * Follows Postgres (15 to 18) through logical replication. A table's rows are copied under the snapshot that a new replication slot exports;
 * what is committed later arrives as pgoutput messages, is decoded from Postgres's binary formats and delivered by whole
 * transactions. One thread receives; it alone reconnects. Knows nothing of queries.
 */
@NullMarked
package dev.millrace.connector.postgres;

import org.jspecify.annotations.NullMarked;
