/**
 * Generated code: classes made for one row layout or one query's expressions, that work on the columns of many rows in one call.
 *
 * <p>What is to be generated is a {@link dev.millrace.dataflow.code.Template}, a value; equal templates share one class, which lives as long as an operator uses it.
 * Classes are hidden ones, made with {@code java.lang.classfile} and unloaded with their last user. Operators know only the abstract classes that they extend.
 */
@NullMarked
package dev.millrace.dataflow.code;

import org.jspecify.annotations.NullMarked;
