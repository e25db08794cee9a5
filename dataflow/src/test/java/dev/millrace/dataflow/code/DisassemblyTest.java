package dev.millrace.dataflow.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DisassemblyTest {
    private static final Pattern JUMP = Pattern.compile(" {4}(?:if\\w+|goto\\w*) +(L\\d+)");
    private static final Pattern LABEL = Pattern.compile(" {2}(L\\d+):");

    @Example
    void the_code_of_an_order_reads_well() {
        assertEquals(
                List.of(
                        "int compare(Store p1, int p2, Store p3, int p4)",
                        "    aload           p1",
                        "    iload           p2",
                        "    invokevirtual   Store.slot(int) int",
                        "    istore          v5",
                        "    aload           p3",
                        "    iload           p4",
                        "    invokevirtual   Store.slot(int) int",
                        "    istore          v6",
                        "    iconst_0        0",
                        "    ireturn",
                        "long prefix(Store p1, int p2)",
                        "    lconst_0        0L",
                        "    lreturn"),
                Disassembly.of(new OrderTemplate(List.of(DataType.INT4), List.of(), false)));
    }

    @Example
    void functions_and_literals_are_shown_by_name() {
        Expression call = new Expression.Call(
                new Probe(DataType.NUMERIC, Probe.Style.BOXED, 1),
                List.of(
                        new Expression.Column(0, DataType.NUMERIC),
                        new Expression.Literal(Decimal.of(1234567), DataType.NUMERIC)),
                DataType.NUMERIC);
        Expression text = new Expression.Literal("two\nlines", DataType.TEXT);
        List<String> lines = Disassembly.of(RowProgram.over(
                List.of(DataType.NUMERIC), List.of(new RowProgram.Step.Projection(List.of(call, text)))));
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(" function probe_boxed1")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(" 1234567")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(" 'two\\nlines'")), lines::toString);
    }

    @Property(tries = 100)
    void every_instruction_has_a_line_and_every_jump_a_target(@ForAll long seed) {
        RowProgram program = new RandomProgram(new Random(seed)).next();
        List<String> lines = Disassembly.of(program);
        long instructions = ClassFile.of().parse(program.generate().array()).methods().stream()
                .filter(method -> !method.methodName().equalsString("<init>"))
                .flatMap(method -> method.code().orElseThrow().elementList().stream())
                .filter(Instruction.class::isInstance)
                .count();
        assertEquals(
                instructions,
                lines.stream().filter(line -> line.startsWith("    ")).count());
        Set<String> labels = new HashSet<>();
        Set<String> jumps = new HashSet<>();
        for (String line : lines) {
            assertFalse(line.contains("\n"), line);
            if (!line.startsWith(" ")) {
                assertEquals(jumps, labels);
                labels.clear();
                jumps.clear();
            }
            Matcher label = LABEL.matcher(line);
            if (label.matches()) {
                assertTrue(labels.add(label.group(1)), "a label stands twice");
            }
            Matcher jump = JUMP.matcher(line);
            if (jump.matches()) {
                jumps.add(jump.group(1));
            }
        }
        assertEquals(jumps, labels);
    }
}
