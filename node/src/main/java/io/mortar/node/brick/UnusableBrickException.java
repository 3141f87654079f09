package io.mortar.node.brick;

/** A directory is not the brick that it should be. The text is the reason for people. */
final class UnusableBrickException extends Exception {
    UnusableBrickException(String reason) {
        super(reason, null, false, false);
    }
}
