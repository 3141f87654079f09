package io.mortar.client.report;

import io.mortar.core.health.Reason;
import io.mortar.core.health.ReasonCode;
import io.mortar.core.health.Verdict;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is wrong with a volume: one reason per code, the worst first. Pure. */
public final class VolumeReasons {
    /** A brick with less than a tenth of its room left is nearly full. */
    private static final int NEAR_FULL_DIVISOR = 10;

    private static final int NAMED_MAX = 8;

    private final VolumeStatus volume;
    private final List<Reason> reasons = new ArrayList<>();

    private VolumeReasons(VolumeStatus volume) {
        this.volume = volume;
    }

    /** None for a volume that is being made or deleted. */
    public static List<Reason> of(VolumeStatus volume) {
        if (volume.state() == VolumeState.CREATING || volume.state() == VolumeState.DELETING) {
            return List.of();
        }
        return new VolumeReasons(volume).all();
    }

    private List<Reason> all() {
        RefusalCode refused = VolumeCapacity.refusalOfNewFiles(volume);
        boolean unreadable = machinesDown() >= volume.spec().replicaCount();
        boolean unwritable = refused == RefusalCode.BRICK_DOWN || refused == RefusalCode.TOO_FEW_BRICKS;
        bricksOut(BrickHealth.UNREACHABLE, ReasonCode.BRICK_DOWN, "cannot be reached", unreadable, unwritable);
        bricksOut(
                BrickHealth.QUARANTINED,
                ReasonCode.BRICK_QUARANTINED,
                "failed and are out of use",
                unreadable,
                unwritable);
        if (refused == RefusalCode.NO_SPACE) {
            reasons.add(Reason.error(
                    ReasonCode.VOLUME_FULL,
                    "volume '" + volume.name() + "' has no room for new files; they are refused with NO_SPACE, while"
                            + " reading and deleting go on: delete files, or add bricks"));
        }
        room(this::isFull, ReasonCode.BRICK_FULL, "at their watermark: new files go to other bricks");
        room(this::isNearlyFull, ReasonCode.NEAR_FULL, "nearly full");
        quota();
        copies();
        scrub();
        if (!volume.usage().isKnown()) {
            reasons.add(Reason.warn(
                    ReasonCode.COORDINATOR_SLOW,
                    "the coordinator of volume '" + volume.name() + "' did not say in time how many files there are:"
                            + " try again; if it stays so, see 'mortar meta status'"));
        }
        return reasons.stream()
                .sorted((a, b) -> b.verdict().compareTo(a.verdict()))
                .toList();
    }

    /** Machines with a brick that does not answer. A chunk can have all of its copies on as many of them as there are replicas. */
    private long machinesDown() {
        return volume.bricks().stream()
                .filter(brick -> !VolumeCapacity.isServing(brick))
                .map(brick -> brick.location().node())
                .distinct()
                .count();
    }

    private void bricksOut(BrickHealth health, ReasonCode code, String what, boolean unreadable, boolean unwritable) {
        String bricks = names(brick -> brick.health() == health);
        if (bricks.isEmpty()) {
            return;
        }
        String text = "bricks of volume '" + volume.name() + "' that " + what + ": " + bricks + "; ";
        if (unreadable) {
            text += "files with chunks that are only there cannot be read";
        } else {
            text += "files are read from their other copies";
        }
        text += unwritable ? ", and none can be written; " : "; ";
        text += code == ReasonCode.BRICK_DOWN
                ? "start these nodes and see 'mortar volume status " + volume.name() + "'"
                : "see the logs of these nodes and check their disks";
        reasons.add(new Reason(code, unreadable || unwritable ? Verdict.ERROR : Verdict.WARN, text));
    }

    private void room(Predicate<BrickStatus> which, ReasonCode code, String what) {
        String bricks = names(which);
        if (!bricks.isEmpty()) {
            reasons.add(Reason.warn(
                    code,
                    "bricks of volume '" + volume.name() + "' that are " + what + ": " + bricks
                            + "; delete files, or add bricks; see 'mortar df " + volume.name() + ":'"));
        }
    }

    private void quota() {
        if (volume.usage().isKnown() && VolumeCapacity.leftOfQuota(volume.usage()) == 0) {
            reasons.add(Reason.warn(
                    ReasonCode.QUOTA_REACHED,
                    "volume '" + volume.name()
                            + "' holds as much as the quota of its root allows; larger files are refused"
                            + " with QUOTA_EXCEEDED: delete files, or raise it with 'mortar volume quota "
                            + volume.name() + " set / --bytes SIZE'"));
        }
    }

    private void copies() {
        long reduced = volume.usage().reducedFileCount();
        if (reduced > 0) {
            reasons.add(Reason.warn(
                    ReasonCode.REDUNDANCY_REDUCED,
                    reduced + " file(s) of volume '" + volume.name()
                            + "' have fewer copies than they should; they are healed when their bricks can be reached:"
                            + " 'mortar volume heal " + volume.name() + " status'"));
        }
    }

    private void scrub() {
        long errors = volume.usage().scrubErrorCount();
        if (errors > 0) {
            reasons.add(Reason.error(
                    ReasonCode.SCRUB_ERRORS,
                    errors + " file(s) of volume '" + volume.name()
                            + "' have chunks that are damaged or missing, with no other copy: 'mortar volume scrub "
                            + volume.name() + " status' names them; upload them again or delete them"));
        }
    }

    private boolean isFull(BrickStatus brick) {
        return brick.health() == BrickHealth.FULL && !brick.leaving();
    }

    private boolean isNearlyFull(BrickStatus brick) {
        return brick.health() == BrickHealth.ONLINE
                && !brick.leaving()
                && brick.capacity().freeBytes() < brick.capacity().totalBytes() / NEAR_FULL_DIVISOR;
    }

    /** A few of the bricks by name. */
    private String names(Predicate<BrickStatus> which) {
        List<BrickStatus> bricks = volume.bricks().stream().filter(which).toList();
        String names = bricks.stream()
                .limit(NAMED_MAX)
                .map(brick -> brick.location().toString())
                .collect(Collectors.joining(", "));
        return bricks.size() > NAMED_MAX ? names + " and " + (bricks.size() - NAMED_MAX) + " others" : names;
    }
}
