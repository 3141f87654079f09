package io.mortar.gateway.problem;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;

/**
 * A refusal in HTTP's terms.
 *
 * @param status from 400 up
 * @param code stable name: that of a {@link RefusalCode}, or one that only HTTP knows
 * @param detail what was tried, what was found and the next step, for people
 */
public record Problem(int status, String code, String detail) {
    /** The problem for {@code refusal}, by {@link RefusalStatus}. */
    public static Problem of(Refusal refusal) {
        return new Problem(RefusalStatus.of(refusal.code()), refusal.code().name(), refusal.text());
    }

    public static Problem of(RefusalCode code, String detail) {
        return of(new Refusal(code, detail));
    }

    /** The same problem where a method's own specification wants another status for it. */
    public Problem withStatus(int other) {
        return new Problem(other, code, detail);
    }
}
