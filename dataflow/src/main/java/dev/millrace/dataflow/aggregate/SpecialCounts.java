package dev.millrace.dataflow.aggregate;

/** How many NaNs and infinities a sum has, which cannot be subtracted from it once they are in. */
final class SpecialCounts {
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;

    void add(double special, long weight) {
        if (Double.isNaN(special)) {
            nans += weight;
        } else if (special > 0) {
            positiveInfinities += weight;
        } else {
            negativeInfinities += weight;
        }
    }

    boolean any() {
        return (nans | positiveInfinities | negativeInfinities) != 0;
    }

    /** What they make of any sum they are in: opposite infinities are not a number. */
    double sum() {
        if (nans != 0 || (positiveInfinities != 0 && negativeInfinities != 0)) {
            return Double.NaN;
        }
        return positiveInfinities != 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
}
