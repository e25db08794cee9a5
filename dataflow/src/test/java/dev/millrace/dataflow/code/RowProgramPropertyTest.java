package dev.millrace.dataflow.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Generated programs, of one method and of several, against the interpreter of expressions. */
class RowProgramPropertyTest {
    /** HotSpot interprets longer methods for ever. */
    private static final int LONGEST_COMPILED = 8000;

    private static final CodeCache CACHE = new CodeCache();

    @Property(tries = 600)
    void a_program_keeps_writes_calls_and_fails_as_the_interpreter_does(@ForAll long seed) {
        Random random = new Random(seed);
        RowProgram program = new RandomProgram(random).next();
        ProgramRun.verify(program, CACHE.get(program), random);
    }

    @Property(tries = 400)
    void a_program_of_many_methods_does_so_too(@ForAll long seed) {
        Random random = new Random(seed);
        RowProgram program = new RandomProgram(random).next();
        Bytecode split = SplitProgram.generate(program, 100 + random.nextInt(900));
        ProgramRun.verify(program, CodeCache.load(program, split), random);
    }

    @Property(tries = 300)
    void no_method_is_longer_than_it_weighs(@ForAll long seed) {
        RowProgram program = new RandomProgram(new Random(seed)).next();
        lengths(program).forEach((method, length) -> assertTrue(length <= LONGEST_COMPILED, program::title));
        int weight = Weights.of(program);
        if (weight <= Weights.METHOD) {
            int length = lengths(program).getOrDefault("run", Integer.MAX_VALUE);
            assertTrue(length <= weight, () -> length + " > " + weight + ": " + program.title());
        }
    }

    @Example
    void a_query_of_hundreds_of_expressions_is_compiled() {
        Random random = new Random(42);
        RandomProgram programs = new RandomProgram(random);
        List<DataType> layout = List.of(DataType.values());
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        List<Expression> projected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            DataType type = layout.get(i % layout.size());
            projected.add(programs.expression(type, 2, layout));
            conditions.add(programs.expression(DataType.BOOL, 1, layout));
            results.add(programs.expression(DataType.TEXT, 1, layout));
        }
        Expression choice =
                new Expression.Case(conditions, results, new Expression.Literal("none", DataType.TEXT), DataType.TEXT);
        projected.add(choice);
        projected.add(new Expression.And(conditions));
        projected.add(new Expression.Or(conditions));
        List<RowProgram.Step> steps = List.of(
                new RowProgram.Step.Condition(new Expression.Or(conditions)),
                new RowProgram.Step.Projection(projected),
                new RowProgram.Step.Projection(List.of(
                        new Expression.Column(500, DataType.TEXT),
                        new Expression.Column(7, DataType.TEXT),
                        new Expression.Column(4, DataType.FLOAT4))));
        for (RowProgram program :
                List.of(RowProgram.over(layout, steps), RowProgram.over(layout, steps.subList(0, 2)))) {
            Map<String, Integer> lengths = lengths(program);
            assertTrue(lengths.size() > 20, lengths::toString);
            lengths.forEach((method, length) ->
                    assertTrue(length <= LONGEST_COMPILED, () -> method + " has " + length + " bytes"));
            RowCode code = CACHE.get(program);
            for (int i = 0; i < 50; i++) {
                ProgramRun.verify(program, code, random);
            }
        }
    }

    @Example
    void a_copy_of_many_columns_is_compiled_and_copies() {
        List<DataType> layout = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            layout.addAll(List.of(DataType.values()));
        }
        RowProgram program = RowProgram.pair(layout, layout, true);
        lengths(program).forEach((method, length) -> assertTrue(length <= LONGEST_COMPILED));
        assertEquals(2 * layout.size(), program.output().orElseThrow().size());
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            ProgramRun.verify(program, CACHE.get(program), random);
        }
    }

    private static Map<String, Integer> lengths(RowProgram program) {
        Map<String, Integer> lengths = new TreeMap<>();
        ClassFile.of()
                .parse(program.generate().array())
                .methods()
                .forEach(method -> lengths.put(
                        method.methodName().stringValue(),
                        method.code()
                                .map(code -> ((CodeAttribute) code).codeLength())
                                .orElse(0)));
        return lengths;
    }
}
