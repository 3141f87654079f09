package io.mortar.journal.state;

import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.log.RaftLogStore;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of one member of one group in one directory: {@code log}, {@code state-<n>} and {@code current}, which names the state in
 * use. One process has them open at a time.
 *
 * <p>Invariant, kept by the order of writes: the state has applied nothing that is not in the log, and the log begins at or before what
 * the state has applied. Only an installed copy is ahead of the log, until the log is reset.
 */
public final class GroupStores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupStores.class);

    private final RaftLogStore log;
    private final StateStore state;

    private GroupStores(RaftLogStore log, StateStore state) {
        this.log = log;
        this.state = state;
    }

    /** Whether {@code directory} holds the stores of a group, made completely. */
    public static boolean exists(Path directory) {
        return new StateDirectory(directory).current().isPresent();
    }

    /**
     * Opens what {@link #found} or {@link #openOrEmpty} has made, removes leftovers, and brings log and state into accord. Throws
     * {@link StoreRefusedException} when they are not this group's, when something that was acknowledged is missing, or when there are
     * none.
     *
     * @param log how the log's store is opened
     * @param state how the state's store is opened, and a second one while a copy is taken in
     */
    public static GroupStores open(Path directory, GroupIdentity identity, KvOptions log, KvOptions state) {
        StateDirectory layout = new StateDirectory(directory);
        Path current = layout.current()
                .orElseThrow(
                        () -> new StoreRefusedException(
                                directory
                                        + " holds no group's stores: if it should, put back what was moved away; if not, found a group or join one"));
        RaftLogStore openLog = RaftLogStore.open(layout.log(), identity, log);
        return withState(openLog, layout, current, identity, state);
    }

    private static GroupStores withState(
            RaftLogStore log, StateDirectory layout, Path current, GroupIdentity identity, KvOptions options) {
        boolean opened = false;
        try {
            layout.removeLeftovers(current);
            StateStore state = StateStore.open(layout, current, identity, options);
            try {
                reconcile(layout, log, state);
                opened = true;
            } finally {
                if (!opened) {
                    state.close();
                }
            }
            LOG.info(
                    "group's stores opened directory={} term={} logStart={} logLast={} applied={}",
                    layout,
                    log.hardState().term(),
                    log.start().index(),
                    log.lastIndex(),
                    state.applied().index());
            return new GroupStores(log, state);
        } finally {
            if (!opened) {
                log.close();
            }
        }
    }

    private static void reconcile(Object where, RaftLogStore log, StateStore state) {
        SnapshotPoint applied = state.applied();
        if (log.start().index() > applied.index()) {
            throw StoreRefusedException.damaged(
                    where,
                    "its log begins after entry " + log.start().index()
                            + ", but its state has applied only up to entry " + applied.index());
        }
        if (applied.index() <= log.lastIndex() && log.term(applied.index()) == applied.term()) {
            return;
        }
        if (!applied.equals(state.installed())) {
            throw StoreRefusedException.damaged(
                    where,
                    "its state has applied entry " + applied.index() + " of term " + applied.term()
                            + ", which its log, that ends at entry " + log.lastIndex() + ", does not hold");
        }
        LOG.info("log begins anew at the copy that was installed directory={} applied={}", where, applied.index());
        log.reset(applied);
    }

    /**
     * Makes the stores of a new group's first member, which knows {@code membership} from the start. Throws {@link StoreRefusedException}
     * when a group's stores are there already. After a crash it can be called again.
     */
    public static GroupStores found(
            Path directory, GroupIdentity identity, Membership membership, KvOptions log, KvOptions state) {
        if (exists(directory)) {
            throw new StoreRefusedException(
                    directory + " holds a group's stores already, and no other group is founded there: open them");
        }
        if (membership.voters().isEmpty()) {
            throw new IllegalArgumentException("a group is founded with at least one voter");
        }
        return create(directory, identity, membership, log, state);
    }

    /** Opens the stores, or makes those of a member that knows nobody and waits until a leader sends it the log or a copy. */
    public static GroupStores openOrEmpty(Path directory, GroupIdentity identity, KvOptions log, KvOptions state) {
        return exists(directory)
                ? open(directory, identity, log, state)
                : create(directory, identity, Membership.NONE, log, state);
    }

    /** The log first, {@code current} last: nothing is there until everything is. */
    private static GroupStores create(
            Path directory, GroupIdentity identity, Membership membership, KvOptions log, KvOptions state) {
        StateDirectory layout = new StateDirectory(directory);
        SnapshotPoint origin = SnapshotPoint.origin(membership);
        RaftLogStore newLog = RaftLogStore.create(layout.log(), identity, HardState.INITIAL, origin, log);
        boolean made = false;
        try {
            layout.removeLeftovers(layout.log());
            StateStore.create(layout.first(), identity, origin, state);
            layout.use(layout.first());
            made = true;
        } finally {
            if (!made) {
                newLog.close();
            }
        }
        return withState(newLog, layout, layout.first(), identity, state);
    }

    public RaftLogStore log() {
        return log;
    }

    public StateStore state() {
        return state;
    }

    /**
     * Puts a complete copy into use: the state first, then the log, which begins anew there. Durable on return; after a crash in between
     * the next start resets the log. Called by the thread that applies, while nothing is appended.
     */
    public SnapshotPoint install(SnapshotSink copy) {
        SnapshotPoint point = copy.install();
        log.reset(point);
        return point;
    }

    @Override
    public void close() {
        try {
            state.close();
        } finally {
            log.close();
        }
    }
}
