package io.mortar.core.namespace;

import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.LayoutChooser;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.LeaseRow;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes of whole files. Every write makes a new file with a number of its own, which takes the place of the file at the path, as a
 * rename over it would. Keeping the old number would let two names share one after the old file is moved while the new content is
 * still being written.
 */
final class Writes {
    private Writes() {}

    static Decision open(Draft draft, Command.OpenWrite command) {
        if (command.sizeBytes() < -1 || isTooLarge(draft, command.sizeBytes())) {
            return refuseSize(draft, command.sizeBytes());
        }
        // Of a size that is not known yet, there is a byte at least.
        long sizeBytes = command.sizeBytes() < 0 ? 1 : command.sizeBytes();
        Refusal refusal = refusal(draft, Place.of(draft.reader(), command.path()), sizeBytes, command.condition());
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        if (draft.counters().leaseCount() >= Leases.OPEN_COUNT_MAX) {
            return Draft.refuse(
                    RefusalCode.OVERLOADED,
                    "cannot write to '" + command.path() + "': "
                            + draft.counters().leaseCount()
                            + " writes are open already, as many as a volume may have; try again later");
        }
        long number = draft.takeNumber();
        SplittableRandom random = draft.random(number);
        VolumeContext context = draft.context();
        LayoutChooser.Choice choice = LayoutChooser.choose(
                context.spec(), context.copiesMin(), bricks(context, command), command.sizeBytes(), random.nextLong());
        if (choice instanceof LayoutChooser.None none) {
            Refusal why = none.refusal();
            return Draft.refuse(why.code(), "cannot write to '" + command.path() + "': " + why.text());
        }
        if (!(choice instanceof LayoutChooser.Chosen chosen)) {
            throw new AssertionError("unhandled " + choice);
        }
        Layout layout = Layouts.place(draft, chosen, random);
        FileVersion version = new FileVersion(draft.volume(), number, number);
        Striping striping =
                new Striping(layout, random.nextInt(), context.spec().stripeUnitBytes());
        draft.openLease(
                version,
                new LeaseRow(new Placement(layout.id(), striping.seed(), striping.stripeUnitBytes()), command.path()));
        return draft.accept(new Outcome.WriteOpened(
                version,
                striping,
                Layouts.locations(context, layout),
                context.leaseMillis(),
                context.copiesMin(),
                Layouts.unavailable(context, layout)));
    }

    /** The volume's bricks as whoever writes found them, which is newer than what they said last. */
    private static List<BrickState> bricks(VolumeContext context, Command.OpenWrite command) {
        return context.bricks().stream()
                .map(brick -> command.failed().contains(brick.id()) ? brick.failing() : brick)
                .map(brick -> command.full().contains(brick.id()) ? brick.withFreeBytes(0) : brick)
                .toList();
    }

    static Decision commit(Draft draft, Command.CommitWrite command) {
        LeaseRow lease = draft.reader().lease(command.version());
        if (lease == null) {
            return Draft.refuse(
                    RefusalCode.LEASE_LOST,
                    "cannot commit version " + command.version()
                            + ": its lease ran out or was given up; start the upload anew");
        }
        if (command.sizeBytes() < 0 || isTooLarge(draft, command.sizeBytes())) {
            return refuseSize(draft, command.sizeBytes());
        }
        Layout layout = draft.reader().layout(lease.placement().layout());
        Refusal tooFew = MissingCopies.refusal(draft.context(), layout, command);
        if (tooFew != null) {
            return Draft.refuse(tooFew);
        }
        Place place = Place.of(draft.reader(), lease.path());
        Refusal refusal = refusal(draft, place, command.sizeBytes(), command.condition());
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        draft.closeLease(command.version());
        // An empty file has no chunks, so it must not name bricks that can be down.
        Placement placement = command.sizeBytes() == 0 ? null : lease.placement();
        if (placement != null) {
            command.missing()
                    .forEach(brick -> draft.putMissing(
                            brick,
                            command.version().inode(),
                            layout,
                            MissingRow.all(command.version().generation())));
        }
        return put(
                draft,
                place,
                command.version(),
                new Content(command.sizeBytes(), command.crc32c(), placement, new byte[0]));
    }

    static Decision abort(Draft draft, FileVersion version) {
        LeaseRow lease = draft.reader().lease(version);
        if (lease != null) {
            draft.closeLease(version);
            draft.queueDeletion(version, lease.placement(), draft.context().nowMillis());
        }
        return draft.accept(new Outcome.WriteAborted());
    }

    static Decision putInline(Draft draft, Command.PutInline command) {
        byte[] content = command.content();
        if (content.length > Command.INLINE_SIZE_BYTES_MAX) {
            return Draft.refuse(
                    RefusalCode.BAD_REQUEST,
                    "cannot keep " + content.length + " bytes of '" + command.path() + "' in the namespace, at most "
                            + Command.INLINE_SIZE_BYTES_MAX + "; open a write instead");
        }
        Place place = Place.of(draft.reader(), command.path());
        Refusal refusal = refusal(draft, place, content.length, command.condition());
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        long number = draft.takeNumber();
        return put(
                draft,
                place,
                new FileVersion(draft.volume(), number, number),
                new Content(content.length, BlockChecksums.ofWhole(ByteBuffer.wrap(content)), null, content.clone()));
    }

    private record Content(
            long sizeBytes, int crc32c, @Nullable Placement placement, byte[] inline) {}

    private static Decision put(Draft draft, Place place, FileVersion version, Content content) {
        DentryRow displaced = place.target();
        if (displaced != null) {
            draft.dropFile(displaced.inode());
        }
        Quotas.charge(
                draft,
                place.directories(),
                new Charge(content.sizeBytes(), 1).plus(place.parentsCharge()).minus(Charge.of(displaced)));
        long now = draft.context().nowMillis();
        FileInode file = new FileInode(
                draft.makeParents(place),
                version.generation(),
                content.sizeBytes(),
                now,
                content.crc32c(),
                content.placement(),
                content.inline());
        draft.putFile(place.path().name(), version.inode(), file);
        return draft.accept(new Outcome.Written(version, displaced == null, now));
    }

    /** Why a file of {@code sizeBytes} cannot be written to {@code place}, or null. */
    private static @Nullable Refusal refusal(Draft draft, Place place, long sizeBytes, WriteCondition condition) {
        String attempt = "write to '" + place.path() + "'";
        if (place.blocked()) {
            return Refusals.blocked(attempt, place);
        }
        DentryRow target = place.target();
        if (target != null && target.directory()) {
            return Refusals.isDirectory(attempt, place.path());
        }
        Refusal overQuota = Quotas.refusal(draft, attempt, place, new Charge(sizeBytes, 1), Charge.of(target));
        return overQuota == null ? Conditions.check(condition, draft.volume(), place.path(), target) : overQuota;
    }

    /** Chunks are counted in an int. */
    private static boolean isTooLarge(Draft draft, long sizeBytes) {
        return sizeBytes / draft.context().spec().stripeUnitBytes() >= Integer.MAX_VALUE;
    }

    private static Decision refuseSize(Draft draft, long sizeBytes) {
        long unit = draft.context().spec().stripeUnitBytes();
        return Draft.refuse(
                RefusalCode.BAD_REQUEST,
                "cannot write " + sizeBytes + " bytes: a file of this volume has 0 to " + (unit * Integer.MAX_VALUE - 1)
                        + " bytes");
    }
}
