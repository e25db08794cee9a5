package dev.millrace.bench.harness;

/** How a value of Millrace is put beside the one it is measured against. */
public enum Comparison {
    /** Millrace's value divided by the other; of values where more is better, so that a goal is a lower bound. */
    RATIO {
        @Override
        public double of(double millrace, double other) {
            return millrace / other;
        }

        @Override
        public boolean meets(double compared, double goal) {
            return compared >= goal;
        }
    },

    /** Millrace's value minus the other, in their unit; of values where less is better, so that a goal is an upper bound. */
    DIFFERENCE {
        @Override
        public double of(double millrace, double other) {
            return millrace - other;
        }

        @Override
        public boolean meets(double compared, double goal) {
            return compared <= goal;
        }
    };

    public abstract double of(double millrace, double other);

    public abstract boolean meets(double compared, double goal);
}
