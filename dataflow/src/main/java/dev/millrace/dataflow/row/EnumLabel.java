package dev.millrace.dataflow.row;

/**
 * A value of an enum type. Labels of one type are ordered as they were declared.
 *
 * @param order Postgres's {@code pg_enum.enumsortorder}: a label that is put between two others later gets a number between theirs, so that of a label never changes
 */
public record EnumLabel(float order, String label) implements Comparable<EnumLabel> {
    @Override
    public int compareTo(EnumLabel other) {
        return Float.compare(order, other.order);
    }

    /** The label. */
    @Override
    public String toString() {
        return label;
    }
}
