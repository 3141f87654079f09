package io.mortar.node.job;

import io.mortar.core.namespace.JobCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that failed, or had failed and are done now, until they are durable. A checkpoint is one event and takes a bounded number of them:
 * in a volume without room there can be one for each file. For use by one thread.
 */
final class ItemResults {
    private static final int PART_MAX = 500;
    private static final int REASON_CHARS_MAX = 300;

    private final List<JobCommand.FailedItem> failed = new ArrayList<>();
    private final List<Long> mended = new ArrayList<>();

    /** What one checkpoint takes. */
    record Part(List<JobCommand.FailedItem> failed, List<Long> mended) {}

    void fail(long inode, String why) {
        failed.add(new JobCommand.FailedItem(
                inode, why.length() > REASON_CHARS_MAX ? why.substring(0, REASON_CHARS_MAX) : why));
    }

    void mend(long inode) {
        mended.add(inode);
    }

    boolean isEmpty() {
        return failed.isEmpty() && mended.isEmpty();
    }

    /** Whether there is more than one checkpoint takes: then nothing is looked at before one was made. */
    boolean isBehind() {
        return failed.size() > PART_MAX || mended.size() > PART_MAX;
    }

    Part take() {
        return new Part(take(failed), take(mended));
    }

    private static <T> List<T> take(List<T> items) {
        List<T> part = items.subList(0, Math.min(PART_MAX, items.size()));
        List<T> taken = List.copyOf(part);
        part.clear();
        return taken;
    }

    /** {@code inode}, or the last one before the first failed item that is left: whoever goes on there finds it again. */
    long bound(long inode) {
        return failed.stream().mapToLong(item -> item.inode() - 1).reduce(inode, Math::min);
    }
}
