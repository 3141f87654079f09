package io.mortar.core.namespace;

import io.mortar.core.namespace.NamespaceReader.Child;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.RowKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the name of a file by its number, which reads the directories above it: for reports only. */
final class FilePaths {
    private static final int PAGE = 1000;

    private FilePaths() {}

    /** {@code /a/b}; empty if there is no such file or a directory above it was removed. */
    static String of(NamespaceReader reader, long inode) {
        StringBuilder path = new StringBuilder();
        long here = inode;
        while (here != CountersRow.ROOT_INODE) {
            byte[] value = reader.rows().get(RowKeys.inode(reader.volume(), here));
            if (value == null) {
                return "";
            }
            long parent = InodeRow.decode(value).parent();
            String name = nameIn(reader, parent, here);
            if (name == null) {
                return "";
            }
            path.insert(0, "/" + name);
            here = parent;
        }
        return path.toString();
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
