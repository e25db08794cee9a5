/**
 * Millrace as its users see it: {@link dev.millrace.Millrace} is the database, {@link dev.millrace.LiveQuery} a query whose result stays right.
 */
@NullMarked
package dev.millrace;

import org.jspecify.annotations.NullMarked;
