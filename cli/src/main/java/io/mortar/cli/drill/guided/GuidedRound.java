package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.drill.load.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a person do one fault after the other: says what to do, waits until the pool is seen to notice it or Enter is pressed, and begins the next one
 * only when all is as it should be again.
 */
final class GuidedRound {
    private static final long LOOK_MILLIS = 250;
    private static final long REMIND_MILLIS = 15_000;
    /** After Enter. */
    private static final Duration NOTICE_MAX = Duration.ofSeconds(60);
    /** A pool is not kept under load for a person who went away. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Supplier<String> complaint;
    private final Answers answers;
    private final Pace pace;
    private final Consumer<String> tell;
    private final List<Injection> done = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private volatile @Nullable Step current;
    private long beganNanos;
    private boolean ended;

    /** @param complaint what is not as it should be, empty when all is */
    GuidedRound(Supplier<String> complaint, Answers answers, Pace pace, Consumer<String> tell) {
        this.complaint = complaint;
        this.answers = answers;
        this.pace = pace;
        this.tell = tell;
    }

    /** Faults that were not done, each with the reason. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** The fault that is being done or waited for; null if there is none. For any thread. */
    @Nullable
    Step current() {
        return current;
    }

    /**
     * Has them done, and returns when the pool is whole after the last one, or the person ends it.
     *
     * @param step makes the step of a fault when its turn comes; fails with the reason if it cannot be done
     */
    List<Injection> run(List<FaultKind> kinds, Function<FaultKind, Step> step) throws InterruptedException {
        beganNanos = pace.nanos();
        for (int i = 0; i < kinds.size(); i++) {
            FaultKind kind = kinds.get(i);
            if (ended) {
                skipped.add(kind.word() + ": the drill was ended before");
                continue;
            }
            tell.accept("");
            String head = "Fault " + (i + 1) + " of " + kinds.size() + ", " + kind.word();
            try {
                Step next = step.apply(kind);
                tell.accept(head + ": " + next.node());
                next.instructions().forEach(line -> tell.accept("   " + line));
                tell.accept("   It is noticed here by itself. Enter: it is done. s: skip it. q: end the drill.");
                perform(next);
            } catch (ImpossibleStepException e) {
                tell.accept(head + ": skipped, " + e.getMessage());
                skipped.add(kind.word() + ": " + e.getMessage());
            }
        }
        return List.copyOf(done);
    }

    private void perform(Step step) throws InterruptedException {
        current = step;
        try {
            Sighting sighting = await(step);
            if (sighting.refusal().isEmpty()) {
                finish(step, sighting);
            } else {
                skipped.add(step.kind().word() + ": " + sighting.refusal());
            }
        } finally {
            current = null;
        }
    }

    /**
     * What was seen of a fault.
     *
     * @param atMillis when it began or, if that cannot be seen, when it was said or noticed
     * @param noticedAfterMillis -1 if the pool did not notice or it is not known when it began
     * @param refusal why it was not done; empty if it was
     */
    private record Sighting(long atMillis, boolean noticed, long noticedAfterMillis, String refusal) {
        static Sighting none(String refusal) {
            return new Sighting(0, false, -1, refusal);
        }
    }

    private Sighting await(Step step) throws InterruptedException {
        long shownMillis = millis();
        long begunMillis = -1;
        long enteredMillis = -1;
        while (true) {
            String typed = answers.next();
            if (Answers.QUIT.equals(typed)) {
                ended = true;
                if (begunMillis < 0) {
                    return Sighting.none("the drill was ended before");
                }
            } else if (Answers.SKIP.equals(typed) && begunMillis < 0) {
                return Sighting.none("as you wished");
            } else if (typed != null && enteredMillis < 0) {
                enteredMillis = millis();
                tell.accept("   Looking whether the pool notices it ...");
            }
            if (begunMillis < 0 && step.begun().getAsBoolean()) {
                begunMillis = millis();
            }
            if (step.noticed().getAsBoolean()) {
                long knownMillis = begunMillis >= 0 ? begunMillis : enteredMillis;
                long nowMillis = millis();
                return knownMillis >= 0
                        ? new Sighting(knownMillis, true, nowMillis - knownMillis, "")
                        : new Sighting(nowMillis, true, -1, "");
            }
            long sinceMillis = Math.max(enteredMillis, begunMillis);
            if (sinceMillis >= 0 && (ended || millis() - sinceMillis > NOTICE_MAX.toMillis())) {
                return new Sighting(begunMillis >= 0 ? begunMillis : enteredMillis, false, -1, "");
            }
            if (millis() - shownMillis > PATIENCE.toMillis()) {
                ended = true;
                return Sighting.none("nobody did it within " + PATIENCE.toMinutes() + " minutes");
            }
            pace.pause(LOOK_MILLIS);
        }
    }

    private void finish(Step step, Sighting sighting) throws InterruptedException {
        tell.accept("   " + notice(sighting));
        String left = awaitWhole();
        boolean whole = left.isEmpty();
        done.add(new Injection(
                sighting.atMillis(),
                step.kind().word(),
                step.node(),
                step.what()
                        + (sighting.noticed() ? "" : ", which the pool was not seen to notice")
                        + (whole ? "" : "; at the end of the drill: " + left),
                sighting.noticedAfterMillis(),
                whole ? millis() - sighting.atMillis() : -1));
        tell.accept("   " + (whole ? "All is as it should be again." : "Not waited for: " + left));
    }

    private static String notice(Sighting sighting) {
        if (!sighting.noticed()) {
            return "The pool was not seen to notice it.";
        }
        return sighting.noticedAfterMillis() < 0
                ? "The pool has noticed it."
                : String.format(
                        Locale.ROOT, "The pool noticed it %.1f s later.", sighting.noticedAfterMillis() / 1000.0);
    }

    /** Returns what is still not as it should be if the person wants to wait no longer. */
    private String awaitWhole() throws InterruptedException {
        long sinceMillis = millis();
        long remindedMillis = sinceMillis;
        while (true) {
            String left = complaint.get();
            if (left.isEmpty()) {
                return "";
            }
            ended |= Answers.QUIT.equals(answers.next()) || millis() - sinceMillis > PATIENCE.toMillis();
            if (ended) {
                return left;
            }
            if (millis() - remindedMillis > REMIND_MILLIS) {
                remindedMillis = millis();
                tell.accept("   Waiting until all is as it should be; now: " + left + " (q: end the drill)");
            }
            pace.pause(LOOK_MILLIS);
        }
    }

    private long millis() {
        return Duration.ofNanos(pace.nanos() - beganNanos).toMillis();
    }
}
