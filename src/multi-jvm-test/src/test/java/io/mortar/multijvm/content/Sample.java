package io.mortar.multijvm.content;

/** A file that a test has uploaded or will upload: its content follows from the seed. */
public record Sample(String path, long seed, int sizeBytes) {
    public byte[] bytes() {
        return Content.of(seed, sizeBytes);
    }
}
