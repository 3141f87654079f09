package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Message;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Delays, loses, duplicates and so reorders messages, and cuts links, one direction at a time. */
final class SimNetwork {
    private record Link(MemberId from, MemberId to) {}

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Consumer<Message> receiver;
    private final Set<Link> cut = new HashSet<>();
    private Predicate<Message> dropped = message -> false;
    private double lossRate;
    private double duplicateRate;
    private int delayMillisMax = 10;

    SimNetwork(Timeline timeline, RandomGenerator random, Consumer<Message> receiver) {
        this.timeline = timeline;
        this.random = random;
        this.receiver = receiver;
    }

    void setQuality(double newLossRate, double newDuplicateRate, int newDelayMillisMax) {
        lossRate = newLossRate;
        duplicateRate = newDuplicateRate;
        delayMillisMax = newDelayMillisMax;
    }

    /** Loses what {@code messages} picks, for schedules that are written by hand. */
    void drop(Predicate<Message> messages) {
        dropped = messages;
    }

    /** Cuts what {@code from} would send to {@code to}. */
    void cut(MemberId from, MemberId to) {
        cut.add(new Link(from, to));
    }

    /** Cuts both directions between {@code some} and {@code others}. */
    void separate(Collection<MemberId> some, Collection<MemberId> others) {
        for (MemberId one : some) {
            for (MemberId other : others) {
                cut(one, other);
                cut(other, one);
            }
        }
    }

    void heal() {
        cut.clear();
        dropped = message -> false;
    }

    boolean isOpen(MemberId from, MemberId to) {
        return !cut.contains(new Link(from, to));
    }

    void send(Message message) {
        if (random.nextDouble() < duplicateRate) {
            sendOnce(message);
        }
        sendOnce(message);
    }

    private void sendOnce(Message message) {
        if (random.nextDouble() < lossRate || dropped.test(message)) {
            return;
        }
        timeline.after(1 + random.nextInt(delayMillisMax), () -> {
            if (isOpen(message.from(), message.to())) {
                receiver.accept(message);
            }
        });
    }
}
