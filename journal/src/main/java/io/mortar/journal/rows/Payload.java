package io.mortar.journal.rows;

/** Something serialized, and what is needed to read it: no class name, unless the serializer chose one as its manifest. */
public record Payload(int serializerId, String manifest, byte[] bytes) {}
