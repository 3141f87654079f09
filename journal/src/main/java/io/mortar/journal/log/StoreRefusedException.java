package io.mortar.journal.log;

/**
 * A group's stores are not as they were written, or not this group's. They were not changed and must not be used: the text says what was
 * found and what to do.
 */
public final class StoreRefusedException extends RuntimeException {
    public StoreRefusedException(String message) {
        super(message);
    }

    /** The refusal of a copy that has lost or changed something that was acknowledged. */
    public static StoreRefusedException damaged(Object where, String found) {
        return new StoreRefusedException(where + " has lost what was acknowledged: " + found
                + ". Remove this member from its group, move the directory away and let it join anew under another id: the others send it a"
                + " copy. If this is the only copy, restore the directory from a backup");
    }
}
