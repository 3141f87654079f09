package io.mortar.node.simulation;

import io.mortar.core.path.VolumePath;

/** What a client does to the file tree. */
sealed interface TreeCall {
    VolumePath path();

    /** Which calls have to be seen together: a rename touches two names, but never two top directories. */
    default String partition() {
        return path().names().get(0);
    }

    /** Whether a change depends on what it finds. */
    sealed interface If permits Always, Absent, Exists, Holds {}

    record Always() implements If {}

    record Absent() implements If {}

    record Exists() implements If {}

    /** @param content that the client has seen there */
    record Holds(String content) implements If {}

    record Look(VolumePath path) implements TreeCall {}

    record Names(VolumePath path) implements TreeCall {}

    /** @param content never written twice */
    record Put(VolumePath path, String content, If condition) implements TreeCall {}

    record Make(VolumePath path, boolean parents) implements TreeCall {}

    record Remove(VolumePath path, boolean recursive, If condition) implements TreeCall {}

    record Move(VolumePath path, VolumePath to, boolean overwrite, If condition) implements TreeCall {}
}
