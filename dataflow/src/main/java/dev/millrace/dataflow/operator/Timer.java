package dev.millrace.dataflow.operator;

/** What runs not only when an input changes, but also when its time has come. */
public interface Timer {
    /** What rings then. */
    Alarms.Alarm alarm();
}
