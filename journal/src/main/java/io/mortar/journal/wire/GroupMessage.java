package io.mortar.journal.wire;

/** Whatever an actor of a group takes: what other members send, and each actor's own commands. */
public interface GroupMessage {}
