/**
 * The one idea of failure: an exception with a stable code. It stands at the bottom, so that every room speaks of errors in
 * the same way and the list of codes is closed and in one place.
 */
@NullMarked
package dev.millrace.error;

import org.jspecify.annotations.NullMarked;
