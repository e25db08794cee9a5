package dev.millrace.dataflow.code;

/**
 * What a class is generated from. Equal templates give the same code, so implementations are records.
 *
 * @param <T> the abstract class that the generated one extends
 */
public sealed interface Template<T> permits RowProgram, HashTemplate, MatchTemplate, OrderTemplate, CodecTemplate {
    /** What the code does, in a line, for {@code EXPLAIN CODE}. */
    String title();

    /** Makes the class. */
    Bytecode generate();

    /** The abstract class that the generated one extends. */
    Class<T> type();
}
