package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every function that queries can use, with every combination of operand types that it takes. */
final class Calls {
    private static final List<DataType> TYPES = List.of(DataType.values());
    private static final int MAX_OPERANDS = 3;

    private Calls() {}

    record Call(Function function, List<DataType> operands, DataType result, boolean nullable) {
        Call(Function function, List<DataType> operands, DataType result) {
            this(function, operands, result, false);
        }
    }

    static List<Call> all() {
        return Stream.of(named(), operators(), comparisons(), arithmetic(), conversions(), logic(), extremes(2))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The overloads of the registry that generated code can call. */
    static List<Call> named() {
        return FunctionRegistry.BUILT_IN.functions().stream()
                .flatMap(function -> function.overloads().stream())
                .filter(overload -> !overload.variadic()
                        && overload.function()
                                .direct(operands(overload), overload.result())
                                .isPresent())
                .map(overload ->
                        new Call(overload.function(), operands(overload), overload.result(), overload.nullable()))
                .toList();
    }

    private static List<DataType> operands(Overload overload) {
        return IntStream.range(0, overload.parameters().size())
                .mapToObj(i -> overload.parameter(i).orElse(overload.any().type(i)))
                .toList();
    }

    private static List<Call> operators() {
        List<List<DataType>> operands = operandTypes();
        return Functions.names().stream()
                // Which is taken out of a plan before it runs.
                .filter(name -> !name.equalsIgnoreCase(Collate.OPERATOR.getName()))
                .sorted()
                .flatMap(name -> operands.stream().flatMap(types -> Functions.find(name, types).stream()))
                .map(Calls::call)
                .toList();
    }

    static List<Call> comparisons() {
        List<Call> calls = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            for (DataType left : TYPES) {
                for (DataType right : TYPES) {
                    Functions.comparable(left, right)
                            .ifPresent(
                                    common -> calls.add(new Call(comparison, List.of(common, common), DataType.BOOL)));
                }
            }
            calls.add(new Call(comparison, List.of(DataType.TEXT, DataType.CHAR), DataType.BOOL));
        }
        return calls.stream().distinct().toList();
    }

    static List<Call> extremes(int operands) {
        return Stream.of(Extreme.values())
                .flatMap(extreme -> TYPES.stream()
                        .map(type -> new Call(
                                extreme,
                                Stream.generate(() -> type).limit(operands).toList(),
                                type,
                                true)))
                .toList();
    }

    private static List<Call> arithmetic() {
        List<Call> calls = new ArrayList<>();
        for (DataType type : TYPES.stream().filter(Arithmetic::supports).toList()) {
            boolean approximate = type == DataType.FLOAT4 || type == DataType.FLOAT8;
            for (Arithmetic.Operation operation : Arithmetic.Operation.values()) {
                boolean unary = operation == Arithmetic.Operation.NEGATE;
                if (operation != Arithmetic.Operation.REMAINDER || !approximate) {
                    List<DataType> operands = unary ? List.of(type) : List.of(type, type);
                    calls.add(new Call(new Arithmetic(operation, type), operands, type));
                }
            }
        }
        return calls;
    }

    private static List<Call> conversions() {
        List<ColumnType> targets = Stream.concat(
                        TYPES.stream().map(ColumnType::of),
                        Stream.of(
                                ColumnType.numeric(5, 2),
                                ColumnType.numeric(3, 0),
                                ColumnType.numeric(3, -2),
                                ColumnType.numeric(2, 4),
                                ColumnType.character(DataType.TEXT, 3)))
                .toList();
        return TYPES.stream()
                .flatMap(from -> targets.stream()
                        .flatMap(to -> Functions.conversion(from, to).stream()
                                .map(conversion -> new Call(conversion, List.of(from), to.type()))))
                .toList();
    }

    private static List<Call> logic() {
        List<Call> calls = new ArrayList<>();
        for (Logic test : Logic.values()) {
            boolean ofAnyType = test == Logic.IS_NULL || test == Logic.IS_NOT_NULL;
            for (DataType type : ofAnyType ? TYPES : List.of(DataType.BOOL)) {
                calls.add(new Call(test, List.of(type), DataType.BOOL));
            }
        }
        return calls;
    }

    private static Call call(Functions.Signature signature) {
        return new Call(signature.function(), signature.parameters(), signature.result());
    }

    private static List<List<DataType>> operandTypes() {
        List<List<DataType>> all = new ArrayList<>();
        List<List<DataType>> longest = List.of(List.of());
        for (int i = 0; i < MAX_OPERANDS; i++) {
            longest = longest.stream()
                    .flatMap(types -> TYPES.stream()
                            .map(type -> Stream.concat(types.stream(), Stream.of(type))
                                    .toList()))
                    .toList();
            all.addAll(longest);
        }
        return all;
    }
}
