package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.NamespaceReader.Child;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.util.List;

/** Answers to queries. A path below a file is not found, like any other that leads nowhere. */
final class Lookups {
    private Lookups() {}

    static Outcome lookup(VolumeContext context, NamespaceReader reader, Query.Lookup query) {
        DentryRow target = Place.of(reader, query.path()).target();
        if (target == null) {
            return new Outcome.Refused(Refusals.notFound(query.path()));
        }
        if (query.path().isRoot()) {
            CountersRow counters = reader.counters();
            return new Outcome.DirectoryFound(target.inode(), counters == null ? 0 : counters.createdMillis());
        }
        if (target.directory()) {
            return new Outcome.DirectoryFound(target.inode(), target.modifiedMillis());
        }
        FileInode file = reader.file(target.inode());
        return found(context, reader, new FileVersion(context.volume(), target.inode(), file.generation()), file);
    }

    static Outcome lookup(VolumeContext context, NamespaceReader reader, Query.LookupVersion query) {
        FileVersion version = query.version();
        FileInode file = version.volume().equals(context.volume()) ? reader.fileOrNull(version.inode()) : null;
        return file == null || file.generation() != version.generation()
                ? new Outcome.Refused(new Refusal(
                        RefusalCode.NOT_FOUND, "content " + version + " was replaced or removed; read the file again"))
                : found(context, reader, version, file);
    }

    private static Outcome found(VolumeContext context, NamespaceReader reader, FileVersion version, FileInode file) {
        Placement placement = file.placement();
        if (placement == null) {
            return new Outcome.FileFound(new FileView(
                    version, file.sizeBytes(), file.modifiedMillis(), file.crc32c(), null, List.of(), file.inline()));
        }
        Layout layout = reader.layout(placement.layout());
        return new Outcome.FileFound(new FileView(
                version,
                file.sizeBytes(),
                file.modifiedMillis(),
                file.crc32c(),
                new Striping(layout, placement.seed(), placement.stripeUnitBytes()),
                Layouts.locations(context, layout),
                file.inline()));
    }

    static Outcome list(VolumeContext context, NamespaceReader reader, Query.ListDirectory query) {
        if (query.limit() < 1 || query.limit() > Query.ListDirectory.LIMIT_MAX) {
            return new Outcome.Refused(new Refusal(
                    RefusalCode.BAD_REQUEST,
                    "cannot list " + query.limit() + " entries of '" + query.path() + "': ask for 1 to "
                            + Query.ListDirectory.LIMIT_MAX));
        }
        DentryRow target = Place.of(reader, query.path()).target();
        if (target == null) {
            return new Outcome.Refused(Refusals.notFound(query.path()));
        }
        if (!target.directory()) {
            return new Outcome.Refused(new Refusal(
                    RefusalCode.NOT_A_DIRECTORY,
                    "cannot list '" + query.path() + "': it is a file; look it up or list the directory it is in"));
        }
        List<Child> children = reader.children(target.inode(), query.after(), query.limit() + 1);
        boolean complete = children.size() <= query.limit();
        return new Outcome.Listing(
                context.volume(),
                children.stream().limit(query.limit()).map(Lookups::entry).toList(),
                complete);
    }

    private static Outcome.Entry entry(Child child) {
        DentryRow dentry = child.dentry();
        return new Outcome.Entry(
                child.name(),
                dentry.directory(),
                dentry.inode(),
                dentry.generation(),
                dentry.sizeBytes(),
                dentry.modifiedMillis());
    }
}
