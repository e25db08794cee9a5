package dev.millrace.dataflow.code;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Generated programs against the interpreter of expressions. */
class RowProgramPropertyTest {
    private static final CodeCache CACHE = new CodeCache();

    @Property(tries = 600)
    void a_program_keeps_writes_calls_and_fails_as_the_interpreter_does(@ForAll long seed) {
        Random random = new Random(seed);
        ProgramRun.verify(new RandomProgram(random).next(), CACHE, random);
    }
}
