/** TPC-H: what it takes to keep a result right while orders come and go, beside Postgres that answers the query anew. */
@NullMarked
package dev.millrace.bench.tpch;

import org.jspecify.annotations.NullMarked;
