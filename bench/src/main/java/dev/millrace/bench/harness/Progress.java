package dev.millrace.bench.harness;

/** Who is told, line by line, what a running benchmark does. */
@FunctionalInterface
public interface Progress {
    void tell(String line);
}
