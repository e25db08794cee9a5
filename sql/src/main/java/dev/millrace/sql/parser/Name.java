package dev.millrace.sql.parser;

/** A name in a statement, and where it stands. */
public record Name(String text, int offset) {}
