package io.mortar.journal.local;

/** Something serialized, and what is needed to read it: no class name, unless the serializer chose one as its manifest. */
record Payload(int serializerId, String manifest, byte[] bytes) {}
