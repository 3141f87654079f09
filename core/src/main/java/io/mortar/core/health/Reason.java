package io.mortar.core.health;

/**
 * Why something is not as it should be.
 *
 * @param verdict how bad it is; never OK
 * @param text the thing, what follows for its files, and the next command, for people
 */
public record Reason(ReasonCode code, Verdict verdict, String text) {
    public Reason {
        if (verdict == Verdict.OK) {
            throw new IllegalArgumentException(code + " is a reason for a verdict that needs none");
        }
    }

    public static Reason warn(ReasonCode code, String text) {
        return new Reason(code, Verdict.WARN, text);
    }

    public static Reason error(ReasonCode code, String text) {
        return new Reason(code, Verdict.ERROR, text);
    }
}
