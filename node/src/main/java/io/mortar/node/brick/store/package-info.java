/**
 * The chunk store of one brick: immutable chunks on a disk that can fail at any call. Knows no actors, no pool and no identity; uses
 * {@code core}, {@code journal.kv} and Akka's {@code ByteString}.
 */
@NullMarked
package io.mortar.node.brick.store;

import org.jspecify.annotations.NullMarked;
