package io.mortar.node.brick.store;

import java.util.List;

/**
 * What a look at chunks found.
 *
 * @param missing indexes of chunks that are not there
 * @param corrupt indexes of chunks that are damaged, or not of the size that they should have
 * @param bytes of the intact ones
 */
public record VerifiedChunks(List<Integer> missing, List<Integer> corrupt, long bytes) {
    public VerifiedChunks {
        missing = List.copyOf(missing);
        corrupt = List.copyOf(corrupt);
    }
}
