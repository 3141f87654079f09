package io.mortar.core.namespace;

import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.DetachedRow.Charged;
import io.mortar.core.namespace.row.QuotaRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what directories may hold. Every change of the tree charges the quotas of all directories above it in the same batch, so
 * what is counted is exact. The root counts nothing by itself: the volume's counters do. Volumes without quotas pay nothing.
 */
final class Quotas {
    /** Directories with a quota that a volume may have. */
    static final int COUNT_MAX = 1_000;

    /** Quotas in one answer: with the longest paths they still fit into a message. */
    private static final int PAGE = 64;

    /** Files and directories that are counted when a directory gets a quota, or is moved to where other quotas count it. */
    static final int COUNTED_MAX = 100_000;

    private Quotas() {}

    static Decision set(Draft draft, Command.SetQuota command) {
        String attempt = "set a quota on '" + command.path() + "'";
        boolean isLimit = command.bytesMax() >= 0 || command.entriesMax() >= 0;
        if (!isLimit || command.bytesMax() < -1 || command.entriesMax() < -1) {
            return Draft.refuse(
                    RefusalCode.BAD_REQUEST,
                    "cannot " + attempt + ": give the most bytes or the most entries that it may hold, 0 or more");
        }
        Place place = Place.of(draft.reader(), command.path());
        DentryRow target = place.target();
        if (target == null || !target.directory()) {
            return Draft.refuse(notADirectory(attempt, place));
        }
        QuotaRow before = draft.reader().quota(target.inode());
        if (before != null) {
            QuotaRow row = before.limitedTo(command.bytesMax(), command.entriesMax());
            draft.putQuota(target.inode(), row);
            return draft.accept(new Outcome.QuotaSet(
                    view(draft.counters(), target.inode(), command.path().toString(), row)));
        }
        if (draft.counters().quotaCount() >= COUNT_MAX) {
            return Draft.refuse(
                    RefusalCode.BAD_REQUEST,
                    "cannot " + attempt + ": the volume has " + COUNT_MAX
                            + " quotas already, which is the most; remove one that is not needed. Those of removed"
                            + " directories count until these are taken apart in the background");
        }
        boolean isRoot = target.inode() == CountersRow.ROOT_INODE;
        Charge held = isRoot ? Charge.NONE : Charge.below(draft.reader(), target.inode(), COUNTED_MAX);
        if (held == null) {
            return Draft.refuse(tooLarge(
                    attempt,
                    command.path(),
                    "give quotas to the directories in it, or to '/', which needs no counting"));
        }
        QuotaRow row = new QuotaRow(
                draft.takeNumber(), command.bytesMax(), command.entriesMax(), held.bytes(), held.entries());
        draft.putQuota(target.inode(), row);
        return draft.accept(new Outcome.QuotaSet(
                view(draft.counters(), target.inode(), command.path().toString(), row)));
    }

    static Decision remove(Draft draft, Command.RemoveQuota command) {
        String attempt = "remove the quota of '" + command.path() + "'";
        Place place = Place.of(draft.reader(), command.path());
        DentryRow target = place.target();
        if (target == null || !target.directory()) {
            return Draft.refuse(notADirectory(attempt, place));
        }
        if (draft.reader().quota(target.inode()) == null) {
            return Draft.refuse(
                    RefusalCode.NOT_FOUND, "cannot " + attempt + ": it has none; list the quotas to see which have");
        }
        draft.deleteQuota(target.inode());
        return draft.accept(new Outcome.Removed());
    }

    /** Without those of directories that were removed and are still being taken apart. */
    static Outcome list(NamespaceReader reader, long after) {
        CountersRow counters = reader.counters();
        List<DirectoryQuota> quotas = new ArrayList<>();
        int looked = 0;
        try (RowCursor cursor = reader.rows()
                .scan(RowKeys.quota(reader.volume(), after + 1), RowKeys.end(Table.QUOTA, reader.volume()))) {
            while (counters != null && cursor.next()) {
                long directory = RowKeys.inodeOf(cursor.key());
                String path = FilePaths.of(reader, directory);
                if (!path.isEmpty()) {
                    quotas.add(view(counters, directory, path, QuotaRow.decode(cursor.value())));
                }
                if (++looked == PAGE) {
                    return new Outcome.QuotasListed(quotas, directory);
                }
            }
        }
        return new Outcome.QuotasListed(quotas, 0);
    }

    /** Why {@code place}, which holds {@code displaced} now, cannot take {@code content} instead, or null: all quotas above are asked. */
    static @Nullable Refusal refusal(Draft draft, String attempt, Place place, Charge content, Charge displaced) {
        if (draft.counters().quotaCount() == 0) {
            return null;
        }
        Charge more = content.minus(displaced).plus(place.parentsCharge());
        return refusal(draft, attempt, place, place.directories(), more);
    }

    /** The same, with only those of {@code directories} asked, which are some of those above {@code place}. */
    static @Nullable Refusal refusal(Draft draft, String attempt, Place place, List<Long> directories, Charge more) {
        for (int depth = 0; depth < place.directories().size(); depth++) {
            long directory = place.directories().get(depth);
            QuotaRow row = directories.contains(directory) ? draft.reader().quota(directory) : null;
            if (row != null) {
                VolumePath path = new VolumePath(place.path().names().subList(0, depth));
                DirectoryQuota quota = view(draft.counters(), directory, path.toString(), row);
                if (exceeds(quota.bytesMax(), quota.usedBytes(), more.bytes())) {
                    return exceeded(attempt, path, quota.bytesMax(), quota.usedBytes(), more.bytes(), "bytes");
                }
                if (exceeds(quota.entriesMax(), quota.usedEntries(), more.entries())) {
                    return exceeded(
                            attempt,
                            path,
                            quota.entriesMax(),
                            quota.usedEntries(),
                            more.entries(),
                            "files and directories");
                }
            }
        }
        return null;
    }

    /** Has the quotas of {@code directories} count {@code more}. */
    static void charge(Draft draft, List<Long> directories, Charge more) {
        for (Charged quota : charged(draft, directories)) {
            charge(draft, quota, more);
        }
    }

    /** Takes off {@code quotas} what is gone, as far as they exist still. */
    static void credit(Draft draft, List<Charged> quotas, Charge gone) {
        for (Charged quota : quotas) {
            charge(draft, quota, gone.negated());
        }
    }

    /** The quotas among {@code directories} that count what is below them: all but that of the root. */
    static List<Charged> charged(Draft draft, List<Long> directories) {
        if (draft.counters().quotaCount() == 0) {
            return List.of();
        }
        List<Charged> charged = new ArrayList<>();
        for (long directory : directories) {
            QuotaRow row =
                    directory == CountersRow.ROOT_INODE ? null : draft.reader().quota(directory);
            if (row != null) {
                charged.add(new Charged(directory, row.number()));
            }
        }
        return charged;
    }

    /** @param next what to do instead */
    static Refusal tooLarge(String attempt, VolumePath path, String next) {
        return new Refusal(
                RefusalCode.DIRECTORY_TOO_LARGE,
                "cannot " + attempt + ": '" + path + "' holds more than " + COUNTED_MAX
                        + " files and directories, which would have to be counted at once for a quota; " + next);
    }

    private static void charge(Draft draft, Charged quota, Charge more) {
        QuotaRow row = draft.reader().quota(quota.directory());
        if (row != null && row.number() == quota.number()) {
            draft.putQuota(quota.directory(), row.plus(more.bytes(), more.entries()));
        }
    }

    private static boolean exceeds(long max, long used, long more) {
        return max >= 0 && more > 0 && used + more > max;
    }

    private static Refusal exceeded(String attempt, VolumePath path, long max, long used, long more, String what) {
        return new Refusal(
                RefusalCode.QUOTA_EXCEEDED,
                "cannot " + attempt + ": the quota of '" + path + "' allows " + max + " " + what + ", " + used
                        + " are used and at least " + more + " more would be; remove files below '" + path
                        + "' (what is removed recursively counts until it is taken apart in the background), or raise its"
                        + " quota");
    }

    private static Refusal notADirectory(String attempt, Place place) {
        return place.target() == null && !place.blocked()
                ? Refusals.notFound(place.path())
                : new Refusal(
                        RefusalCode.NOT_A_DIRECTORY,
                        "cannot " + attempt + ": only directories have quotas; give the directory it is in");
    }

    private static DirectoryQuota view(CountersRow counters, long directory, String path, QuotaRow row) {
        return directory == CountersRow.ROOT_INODE
                ? new DirectoryQuota(
                        path,
                        row.bytesMax(),
                        row.entriesMax(),
                        counters.storedBytes(),
                        counters.fileCount() + counters.directoryCount())
                : new DirectoryQuota(path, row.bytesMax(), row.entriesMax(), row.usedBytes(), row.usedEntries());
    }
}
