package io.mortar.core.namespace;

import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a move means for quotas: those above both ends count what is moved as before, and those above the target no longer count what it
 * displaces.
 */
final class QuotaMove {
    private final Draft draft;
    private final Place from;
    private final Place to;
    private final List<Long> left;
    private final List<Long> entered;
    private final Charge displaced;
    private final @Nullable Charge moved;

    QuotaMove(Draft draft, Place from, Place to, DentryRow source) {
        this.draft = draft;
        this.from = from;
        this.to = to;
        left = withoutThoseOf(to, from.directories());
        entered = withoutThoseOf(from, to.directories());
        displaced = Charge.of(to.target());
        boolean crosses = !Quotas.charged(draft, left).isEmpty()
                || !Quotas.charged(draft, entered).isEmpty();
        Charge below = crosses && source.directory()
                ? Charge.below(draft.reader(), source.inode(), Quotas.COUNTED_MAX)
                : Charge.NONE;
        moved = below == null ? null : below.plus(Charge.of(source));
    }

    private static List<Long> withoutThoseOf(Place other, List<Long> directories) {
        return directories.stream()
                .filter(directory -> !other.directories().contains(directory))
                .toList();
    }

    /** Why it cannot be made, or null. */
    @Nullable
    Refusal refusal(String attempt) {
        return moved == null
                ? Quotas.tooLarge(
                        attempt,
                        from.path(),
                        "move it in smaller parts, or first remove the quotas above it or above the target that do not"
                                + " count both")
                : Quotas.refusal(draft, attempt, to, entered, moved.minus(displaced));
    }

    /** Counts anew; for a move that is not refused. */
    void apply() {
        if (moved == null) {
            throw new AssertionError("what is moved was not counted");
        }
        Quotas.charge(draft, left, moved.negated());
        Quotas.charge(draft, entered, moved);
        Quotas.charge(draft, to.directories(), displaced.negated());
    }
}
