package dev.millrace.bench.dataflow.flink;

/**
 * What a job did.
 *
 * @param rowsPerSecond of the stream, from its first row to the end of the result
 * @param resultRows how many rows the result has in the end
 */
public record Finished(double rowsPerSecond, long resultRows) {
    String toLine() {
        return rowsPerSecond + " " + resultRows;
    }

    static Finished fromLine(String line) {
        String[] values = line.split(" ", -1);
        return new Finished(Double.parseDouble(values[0]), Long.parseLong(values[1]));
    }
}
