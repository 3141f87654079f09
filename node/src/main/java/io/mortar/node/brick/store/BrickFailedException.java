package io.mortar.node.brick.store;

/** The disk of a brick failed in a way that leaves its state unknown: the brick must not be used any more. */
public final class BrickFailedException extends RuntimeException {
    public BrickFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
