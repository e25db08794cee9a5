/**
 * The {@code millrace} command. A command reads its options, opens a {@link dev.millrace.Millrace}, and shows what its live queries say: as text, as
 * JSON lines, or as a moving screen. Exit codes: 0 all well, 1 failed, 2 wrong usage. It knows the engine's public types only.
 */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
