/**
 * Generated code: classes made for one row layout or one query's expressions, that work on the columns of many rows in one call.
 *
 * <p>What is to be generated is a {@link dev.millrace.dataflow.code.Template}, a value; equal templates share one class, in the whole process.
 * Classes are hidden ones, made with {@code java.lang.classfile}; one that no operator uses is unloaded, but for those that were asked for last. Operators know only the abstract classes that they extend.
 */
@NullMarked
package dev.millrace.dataflow.code;

import org.jspecify.annotations.NullMarked;
