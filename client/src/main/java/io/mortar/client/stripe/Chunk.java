package io.mortar.client.stripe;

import akka.util.ByteString;
import io.mortar.client.memory.Permit;

/**
 * A piece of an upload on its way to a brick.
 *
 * @param index position in the file
 * @param permit for {@code data}; whoever has the chunk releases it
 */
record Chunk(int index, ByteString data, Permit permit) {}
