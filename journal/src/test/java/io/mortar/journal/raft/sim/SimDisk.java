package io.mortar.journal.raft.sim;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes that become durable one after the other, some time after they were asked for. A crash keeps any prefix of those that are
 * not done: each of them is atomic, none overtakes another.
 */
final class SimDisk {
    /** How fast it is. */
    enum Speed {
        FAST,
        SLOW,
        STUCK
    }

    /** One write. */
    static final class Write {
        private final Runnable effect;
        private final Runnable done;
        private boolean allowed;

        /**
         * @param effect what is durable afterwards
         * @param done tells whoever asked; not called after a crash
         * @param allowed whether it may begin; otherwise it waits for {@link SimDisk#allow}
         */
        Write(Runnable effect, Runnable done, boolean allowed) {
            this.effect = effect;
            this.done = done;
            this.allowed = allowed;
        }
    }

    private final Timeline timeline;
    private final RandomGenerator random;
    private final ArrayDeque<Write> queue = new ArrayDeque<>();
    private Speed speed = Speed.FAST;
    private @Nullable Write underWay;

    SimDisk(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    void setSpeed(Speed newSpeed) {
        speed = newSpeed;
        begin();
    }

    void write(Write write) {
        queue.add(write);
        begin();
    }

    void allow(Write write) {
        write.allowed = true;
        begin();
    }

    /** Loses a suffix of what is not done. */
    void crash() {
        int kept = random.nextInt(queue.size() + 1);
        for (int i = 0; i < kept && queue.getFirst().allowed; i++) {
            queue.removeFirst().effect.run();
        }
        queue.clear();
        underWay = null;
    }

    private void begin() {
        Write first = queue.peekFirst();
        if (underWay == null && speed != Speed.STUCK && first != null && first.allowed) {
            underWay = first;
            long millis = speed == Speed.FAST ? 1 + random.nextInt(8) : 20 + random.nextInt(600);
            timeline.after(millis, () -> end(first));
        }
    }

    private void end(Write write) {
        if (underWay != write) {
            return; // the replica crashed meanwhile
        }
        underWay = null;
        if (speed != Speed.STUCK) {
            queue.removeFirst();
            write.effect.run();
            write.done.run();
        }
        begin();
    }
}
