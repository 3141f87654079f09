package io.mortar.gateway.ranges;

/** Bytes {@code first} to {@code last} of a file, both included. */
public record ByteRange(long first, long last) {
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("range " + first + "-" + last + " is empty or negative");
        }
    }

    public long length() {
        return last - first + 1;
    }

    /** Value of {@code Content-Range} in a file of {@code sizeBytes}. */
    public String contentRange(long sizeBytes) {
        return "bytes " + first + "-" + last + "/" + sizeBytes;
    }
}
