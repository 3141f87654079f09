package io.mortar.cli.drill.load;

import java.util.concurrent.TimeUnit;

/** Time, as a load sees it. */
public interface Pace {
    /** The time of this machine. */
    Pace REAL = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(long millis) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    };

    /** As {@link System#nanoTime}. */
    long nanos();

    void pause(long millis) throws InterruptedException;
}
