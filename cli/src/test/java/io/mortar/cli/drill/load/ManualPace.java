package io.mortar.cli.drill.load;

/** Time that passes by pauses alone. */
public final class ManualPace implements Pace {
    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(long millis) {
        nanos += millis * 1_000_000;
    }
}
