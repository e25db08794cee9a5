/**
 * The tables that a query can name, as an immutable picture: what planning is a function of. It knows no source and no I/O.
 */
@NullMarked
package dev.millrace.sql.catalog;

import org.jspecify.annotations.NullMarked;
