package dev.millrace.dataflow.code;

import java.util.List;

/**
 * A class file, and the objects that it takes as constants: functions, and literals that a class file cannot hold. {@code array} is owned: nobody writes
 * to it.
 */
record Bytecode(byte[] array, List<Object> constants) {
    Bytecode {
        constants = List.copyOf(constants);
    }
}
