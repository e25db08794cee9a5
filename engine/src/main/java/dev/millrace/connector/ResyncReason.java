package dev.millrace.connector;

/** Why a result starts anew. */
public enum ResyncReason {
    /** The slot that held the history was gone; what happened meanwhile is known only as a difference. */
    SLOT_RECREATED,
    /** A bug of the engine stopped an operator, and the result was computed anew. */
    OPERATOR_REBUILT,
    /** A view that the query reads was replaced. */
    VIEW_REPLACED
}
