package dev.millrace.bench.harness;

import java.util.Arrays;
import java.util.List;

/** The few numbers that stand for many. */
public final class Statistics {
    private Statistics() {}

    /** The middle value; of an even number of values, halfway between the middle two. */
    public static double median(List<Double> values) {
        double[] sorted =
                sorted(values.stream().mapToDouble(Double::doubleValue).toArray());
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The number whose logarithm is the mean of those of the values, all above 0. */
    public static double geometricMean(List<Double> values) {
        return Math.exp(values.stream()
                .mapToDouble(Math::log)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no values")));
    }

    /**
     * The smallest value that at least this share of the values does not exceed (the nearest-rank percentile).
     *
     * @param share above 0, at most 1
     */
    public static double percentile(double[] values, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share must be above 0 and at most 1, not " + share);
        }
        double[] sorted = sorted(values);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
