/**
 * Text in, syntax tree out: statements of Millrace's own, and queries in Postgres's dialect. Every refusal says where and what would be right.
 */
@NullMarked
package dev.millrace.sql.parser;

import org.jspecify.annotations.NullMarked;
