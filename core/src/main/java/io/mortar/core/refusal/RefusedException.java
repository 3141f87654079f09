package io.mortar.core.refusal;

/** Carries a {@link Refusal} through futures and streams; has no stack trace, since it is an answer and not a bug. */
public final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    public RefusedException(RefusalCode code, String text) {
        this(new Refusal(code, text));
    }

    public Refusal refusal() {
        return refusal;
    }
}
