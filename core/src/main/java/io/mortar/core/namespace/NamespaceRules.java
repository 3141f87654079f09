package io.mortar.core.namespace;

import java.util.List;

/** Decides what a command does to a volume's rows, and answers questions about them. Pure; called by the volume's coordinator. */
public final class NamespaceRules {
    private NamespaceRules() {}

    /** The changes and the outcome of {@code command}; a refusal changes nothing. */
    public static Decision decide(VolumeContext context, Rows rows, Command command) {
        return new Decision(List.of(), new Outcome.Removed());
    }

    /** The answer to {@code query} as of {@code rows}. */
    public static Outcome answer(VolumeContext context, Rows rows, Query query) {
        return new Outcome.Removed();
    }
}
