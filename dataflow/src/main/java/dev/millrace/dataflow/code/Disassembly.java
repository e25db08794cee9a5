package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Function;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A readable listing of generated code, for {@code EXPLAIN CODE}: for each method a heading, and then a line for each instruction. Labels are named where something
 * jumps to them, parameters and local variables by their number, and functions and literals are shown as they are in expressions.
 */
public final class Disassembly {
    private static final int LONGEST_CONSTANT = 60;

    private final List<Object> constants;
    private final List<String> lines = new ArrayList<>();
    private final Map<Label, String> labels = new HashMap<>();
    private int parameterSlots;

    private Disassembly(List<Object> constants) {
        this.constants = constants;
    }

    /** The listing of the class that a template becomes. */
    public static List<String> of(Template<?> template) {
        Bytecode bytecode = template.generate();
        Disassembly disassembly = new Disassembly(bytecode.constants());
        ClassFile.of().parse(bytecode.array()).methods().stream()
                .filter(method -> !method.methodName().equalsString("<init>"))
                .forEach(disassembly::add);
        return List.copyOf(disassembly.lines);
    }

    private void add(MethodModel method) {
        MethodTypeDesc type = method.methodTypeSymbol();
        boolean isStatic = method.flags().has(AccessFlag.STATIC);
        labels.clear();
        lines.add(heading(method.methodName().stringValue(), type, isStatic));
        parameterSlots = (isStatic ? 0 : 1) + slots(type);
        List<CodeElement> elements = method.code().orElseThrow().elementList();
        Set<Label> targets = new HashSet<>();
        elements.forEach(element -> targets.addAll(targets(element)));
        for (CodeElement element : elements) {
            if (element instanceof LabelTarget target && targets.contains(target.label())) {
                labels.put(target.label(), "L" + (labels.size() + 1));
            }
        }
        for (CodeElement element : elements) {
            if (element instanceof LabelTarget target && labels.containsKey(target.label())) {
                lines.add("  " + labels.get(target.label()) + ":");
            } else if (element instanceof Instruction instruction) {
                String operands = operands(instruction);
                String name = name(instruction);
                lines.add(operands.isEmpty() ? "    " + name : "    %-15s %s".formatted(name, operands));
            }
        }
    }

    private static String heading(String name, MethodTypeDesc type, boolean isStatic) {
        List<String> parameters = new ArrayList<>();
        int slot = isStatic ? 0 : 1;
        for (ClassDesc parameter : type.parameterList()) {
            parameters.add(parameter.displayName() + " p" + slot);
            slot += slots(parameter);
        }
        return "%s %s(%s)".formatted(type.returnType().displayName(), name, String.join(", ", parameters));
    }

    private static List<Label> targets(CodeElement element) {
        return switch (element) {
            case BranchInstruction branch -> List.of(branch.target());
            case TableSwitchInstruction table -> {
                List<Label> targets = new ArrayList<>(List.of(table.defaultTarget()));
                table.cases().forEach(choice -> targets.add(choice.target()));
                yield targets;
            }
            case LookupSwitchInstruction lookup -> {
                List<Label> targets = new ArrayList<>(List.of(lookup.defaultTarget()));
                lookup.cases().forEach(choice -> targets.add(choice.target()));
                yield targets;
            }
            default -> List.of();
        };
    }

    /** The opcode without what its operands say: {@code iload}, where the class file has {@code iload_2}. */
    private static String name(Instruction instruction) {
        String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
        return switch (instruction) {
            case LoadInstruction load -> stem(name);
            case StoreInstruction store -> stem(name);
            case IncrementInstruction increment -> stem(name);
            default -> name;
        };
    }

    private static String stem(String name) {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    private String operands(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> variable(load.slot());
            case StoreInstruction store -> variable(store.slot());
            case IncrementInstruction increment -> variable(increment.slot()) + ", " + increment.constant();
            case BranchInstruction branch -> label(branch.target());
            case TableSwitchInstruction table -> switchTargets(instruction);
            case LookupSwitchInstruction lookup -> switchTargets(instruction);
            case ConstantInstruction constant -> constant(constant.constantValue());
            case InvokeInstruction invoke ->
                "%s.%s(%s) %s"
                        .formatted(
                                invoke.owner().asSymbol().displayName(),
                                invoke.name().stringValue(),
                                invoke.typeSymbol().parameterList().stream()
                                        .map(ClassDesc::displayName)
                                        .collect(Collectors.joining(", ")),
                                invoke.typeSymbol().returnType().displayName());
            case FieldInstruction field ->
                field.owner().asSymbol().displayName() + "." + field.name().stringValue();
            case TypeCheckInstruction check -> check.type().asSymbol().displayName();
            case NewObjectInstruction created -> created.className().asSymbol().displayName();
            case NewReferenceArrayInstruction array ->
                array.componentType().asSymbol().displayName();
            case NewPrimitiveArrayInstruction array ->
                array.typeKind().upperBound().displayName();
            case NewMultiArrayInstruction array -> array.arrayType().asSymbol().displayName();
            default -> "";
        };
    }

    private String switchTargets(Instruction instruction) {
        return targets(instruction).stream().map(this::label).collect(Collectors.joining(", "));
    }

    private String label(Label target) {
        String label = labels.get(target);
        if (label == null) {
            throw new IllegalStateException("a jump to where there is no code");
        }
        return label;
    }

    private String variable(int slot) {
        return (slot < parameterSlots ? "p" : "v") + slot;
    }

    private String constant(ConstantDesc constant) {
        String text = switch (constant) {
            case DynamicConstantDesc<?> dynamic when dynamic.equals(ConstantDescs.NULL) -> "null";
            case DynamicConstantDesc<?> dynamic ->
                shown(constants.get((Integer) dynamic.bootstrapArgsList().getFirst()));
            case Long number -> number + "L";
            case Float number -> number + "f";
            default -> String.valueOf(constant);
        };
        return text.length() <= LONGEST_CONSTANT ? text : text.substring(0, LONGEST_CONSTANT) + "…";
    }

    private static String shown(Object constant) {
        return switch (constant) {
            case Function function -> "function " + function.name();
            case String text -> "'" + text.replace("\n", "\\n").replace("\r", "\\r") + "'";
            default -> constant.toString();
        };
    }

    private static int slots(MethodTypeDesc type) {
        return IntStream.range(0, type.parameterCount())
                .map(index -> slots(type.parameterType(index)))
                .sum();
    }

    private static int slots(ClassDesc type) {
        return switch (type.descriptorString()) {
            case "J", "D" -> 2;
            default -> 1;
        };
    }
}
