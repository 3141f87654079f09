package io.mortar.node.coordinator;

import akka.Done;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.Rows;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * This node's copy of the rows of all volumes. Every volume's coordinator changes its own rows, by its events, and nobody else's; anybody
 * may read, on any thread. There are two kinds: {@link NamespaceStore}, which the coordinator writes the rows of its events into, and
 * {@link ReplicatedNamespace}, where a replicated journal does that on every member.
 *
 * <p>Methods that read or write throw {@link io.mortar.journal.kv.KvFailedException} when the disk fails; the process must stop then.
 */
public interface Namespace {
    /** The present rows, for the one coordinator that changes them. */
    Rows rows();

    /** Answers {@code question} from one state of the rows. */
    <T> T read(Function<Rows, T> question);

    /**
     * Completes when it is certain that this node's coordinators were the pool's at some moment after the call; fails with what
     * {@link Leadership#unconfirmed} knows when they may not have been, or too many wait to be told: then nothing may be answered from
     * their state.
     *
     * <p>Every answer that follows no write of its own waits for this: what a query found, that a volume does not exist, that a change
     * is refused, the remembered answer to a repeated one. A leader that was deposed does not notice at once. Until it does, it would
     * answer from rows that its successor has changed since, after somebody was told of that change. A write needs no confirmation: it
     * becomes durable only in the leadership that it was decided in.
     *
     * <p>The order that makes an answer current is: the request arrives, then this is called, then it completes, then the answer
     * goes out. Confirming <em>before</em> a request arrives says nothing about the time after. On which side of the
     * confirmation the state is read does not matter as long as it is not older than the request, for two reasons. While the
     * leadership lasts, rows change only through this node, and a coordinator, being one actor that does one batch after the other,
     * has every change that was ever acknowledged in the rows before it looks at the next request. And what is read later, perhaps
     * after the leadership has ended, is only newer: rows hold nothing that was not committed. So coordinators and the registry
     * decide and then confirm, and readers confirm and then read.
     */
    CompletionStage<Done> confirm();

    /**
     * Whether events stay in the journal until they are deleted, each beside the rows that it made. Then snapshots are taken and old events
     * deleted every now and then; otherwise the journal keeps only how many there were, and none is ever replayed.
     */
    boolean keepsEvents();

    /** Takes a new event that the journal has made durable; {@link #rows} holds its changes on return, durably. */
    void apply(String persistenceId, long sequence, List<RowChange> changes);

    /**
     * Takes an event of the journal again that it may have already.
     *
     * @param before number of the event before it, or of the snapshot at which the replay began; 0 for none
     */
    void replay(String persistenceId, long before, long sequence, List<RowChange> changes);

    /**
     * Called when a coordinator has recovered; throws {@link AssertionError} when the rows are not those of its events.
     *
     * @param recovered number of the last event or snapshot that was recovered; 0 for none
     * @param last number of the last event that was ever written
     */
    void checkRecovered(String persistenceId, long recovered, long last);

    /** Forgets the bookkeeping of {@code persistenceId}, whose rows and events are deleted. */
    void forget(String persistenceId);
}
