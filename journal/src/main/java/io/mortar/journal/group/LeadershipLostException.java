package io.mortar.journal.group;

/** The leadership for which something was asked has ended. Of an append this means that its outcome is not known. */
public final class LeadershipLostException extends RuntimeException {
    public LeadershipLostException(String message) {
        super(message);
    }
}
