package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Content;

/**
 * What a job did.
 *
 * @param rowsPerSecond of the streams, from their first row to the end of the result
 * @param content what the result consists of; without its hash if nobody read it
 */
public record Finished(double rowsPerSecond, Content content) {
    String toLine() {
        return rowsPerSecond + " " + content.rows() + " " + content.hash();
    }

    static Finished fromLine(String line) {
        String[] values = line.split(" ", -1);
        return new Finished(
                Double.parseDouble(values[0]), new Content(Long.parseLong(values[1]), Long.parseLong(values[2])));
    }
}
