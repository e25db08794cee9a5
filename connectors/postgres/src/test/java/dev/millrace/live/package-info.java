/** The whole engine against a real Postgres: what is live is compared with what Postgres itself answers at the same LSN. */
@NullMarked
package dev.millrace.live;

import org.jspecify.annotations.NullMarked;
