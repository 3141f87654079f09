package io.mortar.multijvm.content;

import io.mortar.testkit.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Bytes that depend on a seed and a size alone and do not compress. */
public final class Content {
    private Content() {}

    public static byte[] of(long seed, int sizeBytes) {
        RandomGenerator random = Seeds.random(seed);
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Bytes {@code [from, toInclusive]}, counted as HTTP ranges are. */
    public static byte[] slice(byte[] bytes, int from, int toInclusive) {
        return Arrays.copyOfRange(bytes, from, toInclusive + 1);
    }
}
