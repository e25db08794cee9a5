/**
 * What a subscriber receives, in the order in which it is sent: Accepted, Initial, then Changes and Progress, NoResult while a data error lasts, Resync and
 * Initial again when history was lost, Error last. Rows here are for users: values of the usual Java classes, columns by name.
 */
@NullMarked
package dev.millrace.message;

import org.jspecify.annotations.NullMarked;
