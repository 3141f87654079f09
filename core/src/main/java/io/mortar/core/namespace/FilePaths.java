package io.mortar.core.namespace;

import io.mortar.core.namespace.NamespaceReader.Child;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.DirectoryInode;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.RowKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path of a file or directory by its number. Directories know their names; that of a file, and of a directory of an earlier
 * release, is looked for among all names in its parent: for reports only.
 */
final class FilePaths {
    private static final int PAGE = 1000;

    private FilePaths() {}

    /** {@code /a/b}, {@code /} for the root; empty if there is no such file or a directory above it was removed. */
    static String of(NamespaceReader reader, long inode) {
        StringBuilder path = new StringBuilder();
        long here = inode;
        while (here != CountersRow.ROOT_INODE) {
            byte[] value = reader.rows().get(RowKeys.inode(reader.volume(), here));
            if (value == null) {
                return "";
            }
            InodeRow row = InodeRow.decode(value);
            String name =
                    row instanceof DirectoryInode directory && !directory.name().isEmpty()
                            ? confirmed(reader, directory, here)
                            : nameIn(reader, row.parent(), here);
            if (name == null) {
                return "";
            }
            path.insert(0, "/" + name);
            here = row.parent();
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Null for a directory that was removed and is still to be taken apart. */
    private static @Nullable String confirmed(NamespaceReader reader, DirectoryInode directory, long inode) {
        DentryRow dentry = reader.dentry(directory.parent(), directory.name());
        return dentry != null && dentry.inode() == inode ? directory.name() : null;
    }

    private static @Nullable String nameIn(NamespaceReader reader, long directory, long inode) {
        String after = "";
        while (true) {
            List<Child> children = reader.children(directory, after, PAGE);
            for (Child child : children) {
                if (child.dentry().inode() == inode) {
                    return child.name();
                }
            }
            if (children.size() < PAGE) {
                return null;
            }
            after = children.get(PAGE - 1).name();
        }
    }
}
