/**
 * From a step's output to a subscriber: results in the shape that users see, differences paired to inserts, updates and
 * deletes, and for each subscriber a queue in which what it cannot take yet is added up. Knows nothing of sources.
 */
@NullMarked
package dev.millrace.delivery;

import org.jspecify.annotations.NullMarked;
