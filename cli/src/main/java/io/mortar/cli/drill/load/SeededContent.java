package io.mortar.cli.drill.load;

/**
 * The bytes of a file: a function of a seed and a position, so that nobody keeps them to compare them. They do not compress, and bytes of
 * another seed or position differ from them.
 */
public record SeededContent(long seed, int sizeBytes) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    public byte[] bytes() {
        return bytes(0, sizeBytes);
    }

    /** {@code count} bytes from position {@code from} on. */
    public byte[] bytes(int from, int count) {
        byte[] bytes = new byte[count];
        long word = word(from >>> 3);
        for (int i = 0; i < count; i++) {
            int position = from + i;
            if ((position & 7) == 0) {
                word = word(position >>> 3);
            }
            bytes[i] = (byte) (word >>> ((position & 7) << 3));
        }
        return bytes;
    }

    /** Where {@code found}, read from position {@code from} on, first differs from this content; -1 if nowhere. */
    public int firstDifference(int from, byte[] found) {
        for (int i = 0; i < found.length; i++) {
            int position = from + i;
            if (found[i] != (byte) (word(position >>> 3) >>> ((position & 7) << 3))) {
                return position;
            }
        }
        return -1;
    }

    /** The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014), entered at any place. */
    private long word(int index) {
        long z = seed + GOLDEN * (index + 1L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
