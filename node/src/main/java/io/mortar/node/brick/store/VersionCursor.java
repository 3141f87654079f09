package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk over the contents of a brick is: first among the rows, in their order, then among the directories of files, in the order of
 * their numbers. To others it is a text that they give back.
 *
 * @param directory number of a directory of files; {@link #ROWS} while the walk is among the rows
 * @param after the last version that was listed there; null at its beginning
 */
record VersionCursor(int directory, @Nullable FileVersion after) {
    static final int ROWS = -1;
    static final VersionCursor START = new VersionCursor(ROWS, null);

    private static final String AMONG_ROWS = "rows";

    /** The text of a walk that has not begun, and of one that has ended. */
    static final String NONE = "";

    String toText() {
        String place = directory == ROWS ? AMONG_ROWS : Integer.toHexString(directory);
        return after == null ? place : place + "/" + after;
    }

    /** Throws {@link RefusedException} (BAD_REQUEST) for a text that is no cursor's. */
    static VersionCursor parse(String text) {
        if (text.equals(NONE)) {
            return START;
        }
        int slash = text.indexOf('/');
        String place = slash < 0 ? text : text.substring(0, slash);
        FileVersion after = slash < 0 ? null : versionOf(text.substring(slash + 1));
        int directory = directoryOf(place);
        if ((slash >= 0 && after == null) || directory >= ChunkDirectories.COUNT) {
            throw new RefusedException(RefusalCode.BAD_REQUEST, "'" + text + "' is not where a list of versions ended");
        }
        return new VersionCursor(directory, after);
    }

    private static int directoryOf(String place) {
        try {
            if (place.equals(AMONG_ROWS)) {
                return ROWS;
            }
            int number = Integer.parseInt(place, 16);
            return number < 0 ? ChunkDirectories.COUNT : number;
        } catch (NumberFormatException e) {
            return ChunkDirectories.COUNT;
        }
    }

    private static @Nullable FileVersion versionOf(String text) {
        ChunkId chunk = ChunkNames.parse(text + "-0-0");
        return chunk == null ? null : chunk.file();
    }
}
