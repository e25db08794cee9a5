package dev.millrace;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A promise about a method that is {@linkplain Millrace#registerFunction registered} as a function of SQL: for the same arguments it always gives the same, whenever and how often it is called. Only
 * such a function can stand in a live query, since a row that goes takes back what the function gave when it came.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Deterministic {}
