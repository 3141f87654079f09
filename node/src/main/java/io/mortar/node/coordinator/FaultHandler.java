package io.mortar.node.coordinator;

/**
 * What happens when the process must not go on: metadata could not be read or written, or a rule was broken. In production it logs
 * and halts the JVM at once, without shutdown hooks; safe to call from any thread, and it may return only in tests.
 */
@FunctionalInterface
public interface FaultHandler {
    /** @param what what was being done, with the ids */
    void halt(String what, Throwable cause);
}
