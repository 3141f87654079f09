package io.mortar.journal.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the room of the file system that holds metadata. LevelDB's natives map their log files into memory, so a disk that is really
 * full kills the process with SIGBUS; therefore stores stop writing before, at two floors:
 *
 * <ul>
 *   <li>below the growth floor {@link #acceptsGrowth} is false: whoever takes in new things answers NO_SPACE, while deletions, which
 *       write a little to free a lot, go on;
 *   <li>below the write floor the reserve file is given up, once; when that is used up too, {@link #acceptsWrites} is false and
 *       stores refuse to write at all.
 * </ul>
 *
 * A reserve that was given up is taken again when there is plenty of room, twice the growth floor beyond it. Safe for use by several
 * threads; the checks cost one {@code statvfs}.
 */
public final class DiskSpace {
    /** For tests and tools: never refuses. */
    public static final DiskSpace UNLIMITED =
            new DiskSpace(new SpaceLimits(0, 0, 0), () -> Long.MAX_VALUE, new ReserveFile(Path.of("none"), 0), true);

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    private final SpaceLimits limits;
    private final SpaceProbe probe;
    private final ReserveFile reserve;
    private boolean held;

    private DiskSpace(SpaceLimits limits, SpaceProbe probe, ReserveFile reserve, boolean held) {
        this.limits = limits;
        this.probe = probe;
        this.reserve = reserve;
        this.held = held;
    }

    /** Guards the file system that holds {@code directory}, which is made if missing; its reserve file is {@code directory/reserve}. */
    public static DiskSpace open(Path directory, SpaceLimits limits) throws IOException {
        Files.createDirectories(directory);
        return open(directory, limits, SpaceProbe.of(directory));
    }

    /** The same with another view of the room there is. */
    public static DiskSpace open(Path directory, SpaceLimits limits, SpaceProbe probe) throws IOException {
        ReserveFile reserve = new ReserveFile(directory.resolve("reserve"), limits.reserveBytes());
        DiskSpace space = new DiskSpace(limits, probe, reserve, reserve.isHeld());
        if (!space.held) {
            space.takeReserveIfAffordable(limits.growthFloorBytes());
        }
        return space;
    }

    /** Whether something new may be taken in. */
    public synchronized boolean acceptsGrowth() {
        long usable = usable();
        if (!held) {
            takeReserveIfAffordable(2 * limits.growthFloorBytes());
            usable = held ? usable() : usable - limits.reserveBytes();
        }
        return usable >= limits.growthFloorBytes();
    }

    /** Whether a store may write at all. May give up the reserve to make this true. */
    public synchronized boolean acceptsWrites() {
        long usable = usable();
        if (usable < limits.writeFloorBytes() && held && limits.reserveBytes() > 0) {
            releaseReserve(usable);
            usable = usable();
        }
        return usable >= limits.writeFloorBytes();
    }

    /** What a refusal for lack of room should say: what there is and what there must be. */
    public synchronized String describe() {
        return usable() + " bytes usable, " + limits.growthFloorBytes() + " needed to grow, " + limits.writeFloorBytes()
                + " to write, reserve of " + limits.reserveBytes() + (held ? " held" : " given up");
    }

    private void takeReserveIfAffordable(long remainderBytes) {
        long usable = usable();
        if (usable - limits.reserveBytes() < remainderBytes) {
            return;
        }
        try {
            reserve.take();
            held = true;
            LOG.info("metadata reserve taken reserveBytes={} usableBytes={}", limits.reserveBytes(), usable);
        } catch (IOException e) {
            LOG.warn(
                    "metadata reserve could not be taken reserveBytes={} usableBytes={}",
                    limits.reserveBytes(),
                    usable,
                    e);
        }
    }

    private void releaseReserve(long usable) {
        try {
            reserve.release();
            held = false;
            LOG.warn(
                    "disk nearly full: metadata reserve given up reserveBytes={} usableBytes={}",
                    limits.reserveBytes(),
                    usable);
        } catch (IOException e) {
            throw new UncheckedIOException("the metadata reserve could not be given up", e);
        }
    }

    private long usable() {
        try {
            return probe.usableBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the room on the file system of the metadata is not known", e);
        }
    }
}
