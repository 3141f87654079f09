package io.mortar.testkit;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * Seeds of random tests. {@code -Dseed=N} replays one; otherwise a test runs its fixed range, so a build is repeatable.
 */
public final class Seeds {
    private Seeds() {}

    /** The seeds {@code 0..count-1}, or only the one given by {@code -Dseed}. */
    public static LongStream upTo(int count) {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, count) : LongStream.of(only);
    }

    /** A generator whose sequence depends on {@code seed} alone, the same on every JDK. */
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
