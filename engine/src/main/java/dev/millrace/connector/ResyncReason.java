package dev.millrace.connector;

/** Why contents had to be read anew. */
public enum ResyncReason {
    /** The slot that held the history was gone; what happened meanwhile is known only as a difference. */
    SLOT_RECREATED
}
