/**
 * What is running: the thread that owns the circuit and gives every write its epoch, the sources that write, the tables that
 * are followed for as long as a query reads them. The database that ties them together is here; its public face is above.
 */
@NullMarked
package dev.millrace.lifecycle;

import org.jspecify.annotations.NullMarked;
