package dev.millrace.connector;

import java.util.Map;

/** Opens sources of one type. Registered in {@code META-INF/services}. */
public interface Connector {
    /** The word after {@code FROM} in {@code CREATE SOURCE}, in upper case. */
    String type();

    /**
     * Opens a source: connects, and checks all that must be right before anything is followed.
     *
     * @param name the source's name in the database that follows it
     * @param options as written in {@code CREATE SOURCE}; keys in lower case
     * @throws dev.millrace.error.MillraceException {@code INVALID_OPTION} naming the key, or an {@code MR-3xxx} code
     */
    Source open(String name, Map<String, String> options);
}
