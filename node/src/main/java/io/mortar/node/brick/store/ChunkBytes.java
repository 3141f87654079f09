package io.mortar.node.brick.store;

import akka.util.ByteString;

/** Verified bytes of a chunk. {@code checksum} is the CRC32C of exactly {@code data}. */
public record ChunkBytes(int checksum, ByteString data) {}
