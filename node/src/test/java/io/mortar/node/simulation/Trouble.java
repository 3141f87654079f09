package io.mortar.node.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes things go wrong, and right again after a while. */
final class Trouble {
    private static final int LENGTH_MICROS_MAX = 350_000;

    private final SimulatedPool pool;
    private final RandomGenerator random;
    private final List<Style.Kind> kinds;
    private boolean over;

    Trouble(SimulatedPool pool, RandomGenerator random) {
        this.pool = pool;
        this.random = random;
        this.kinds = List.copyOf(pool.style().troubles());
    }

    void begin() {
        pool.wires().setBad(random.nextBoolean());
        pool.clock().after(random.nextInt(pool.style().gapMicrosMax()), this::next);
    }

    /** Everything runs and is connected again. */
    void end() {
        over = true;
        pool.wires().healAll();
        for (Replica replica : pool.replicas()) {
            replica.resume();
            replica.setSlow(false);
            start(replica);
        }
    }

    private void next() {
        if (over) {
            return;
        }
        if (!kinds.isEmpty()) {
            happen(kinds.get(random.nextInt(kinds.size())));
        }
        pool.clock().after(random.nextInt(pool.style().gapMicrosMax()), this::next);
    }

    private void happen(Style.Kind kind) {
        switch (kind) {
            case CRASH -> crash(victim());
            case CRASH_ALL -> pool.replicas().forEach(this::crash);
            case PAUSE -> pause(victim());
            case CUT -> cut(victim(), true, true);
            case CUT_IN -> cut(victim(), true, false);
            case CUT_OUT -> cut(victim(), false, true);
            case CUT_ONE_WIRE -> cutOneWire();
            case SLOW_ALONE -> slowAlone(victim());
            case BAD_WIRES -> pool.wires().setBad(random.nextInt(3) != 0);
            case TRANSFER -> victim().transfer(anyone().number());
        }
    }

    /** Mostly a leader: trouble elsewhere changes little. */
    private Replica victim() {
        List<Replica> leaders =
                pool.replicas().stream().filter(Replica::isLeading).toList();
        return leaders.isEmpty() || random.nextInt(3) == 0 ? anyone() : leaders.get(random.nextInt(leaders.size()));
    }

    private Replica anyone() {
        return pool.replicas().get(random.nextInt(pool.replicas().size()));
    }

    private void crash(Replica replica) {
        replica.crash();
        later(() -> start(replica));
    }

    private static void start(Replica replica) {
        if (!replica.isRunning()) {
            replica.start();
        }
    }

    private void pause(Replica replica) {
        replica.pause();
        later(replica::resume);
    }

    /** Serves as before, but learns late that nobody follows it any more. */
    private void slowAlone(Replica replica) {
        set(replica, true, true, true);
        replica.setSlow(true);
        later(LENGTH_MICROS_MAX, () -> {
            set(replica, true, true, false);
            replica.setSlow(false);
        });
    }

    private void cutOneWire() {
        int from = anyone().number();
        int to = anyone().number();
        pool.wires().setCut(from, to, true);
        later(() -> pool.wires().setCut(from, to, false));
    }

    private void cut(Replica replica, boolean in, boolean out) {
        set(replica, in, out, true);
        later(() -> set(replica, in, out, false));
    }

    private void set(Replica replica, boolean in, boolean out, boolean cut) {
        for (int other = 0; other < pool.replicas().size(); other++) {
            if (in) {
                pool.wires().setCut(other, replica.number(), cut);
            }
            if (out) {
                pool.wires().setCut(replica.number(), other, cut);
            }
        }
    }

    private void later(Runnable cure) {
        later(random.nextInt(LENGTH_MICROS_MAX), cure);
    }

    private void later(long micros, Runnable cure) {
        pool.clock().after(micros, () -> {
            if (!over) {
                cure.run();
            }
        });
    }
}
