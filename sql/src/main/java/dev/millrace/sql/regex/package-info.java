/**
 * Postgres's advanced regular expressions: what they match, how far, and what their parts match. A text is parsed to a {@code Tree}; where it matches first and longest is found by RE2, whose time grows
 * with the text alone; the rest follows from the tree. Knows nothing of SQL.
 */
@NullMarked
package dev.millrace.sql.regex;

import org.jspecify.annotations.NullMarked;
