package dev.millrace.sql.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method of a public class a function of SQL. All that is known of the function stands here: the validator, {@code SHOW FUNCTIONS}, the documentation and the
 * test against Postgres take it from {@link FunctionRegistry}, which collects these.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Sql {
    /**
     * Its signatures, such as {@code "lpad(text, int4, text) text"}; several if the method goes by several names or serves several types. {@code any} takes each type, as {@link #any} says;
     * {@code any...}, the last, any number of them. {@code anyarray} and {@code anyelement} stand for each type of array and that of its elements.
     */
    String[] value();

    /** What it gives, in a line. */
    String about();

    /** A call whose result the documentation shows. */
    String example();

    /** Whether there are arguments without a result. */
    boolean mayFail() default true;

    /** Whether it is NULL whenever an argument is; the method is not called then. */
    boolean strict() default true;

    /** Whether the method may give null although no argument is. */
    boolean nullable() default false;

    /** As what arguments of any type are given to the method. */
    AnyAs any() default AnyAs.TEXT;
}
