package io.mortar.journal.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.Vote;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The schedule of figure 3.7: an entry of an old term is on a majority, and is still replaced. */
class Figure37Test {
    /** As large as one append may be, so that the entry travels alone. */
    private static final byte[] PAYLOAD = new byte[190];

    @Test
    void an_entry_of_an_old_term_is_not_committed_by_counting() {
        Cluster cluster = run(Mutation.NONE);
        assertThat(cluster.leader().orElseThrow().id).isEqualTo(Cluster.nodeId(4));
    }

    @Test
    void if_it_was_committed_a_later_leader_would_lack_it() {
        assertThatThrownBy(() -> run(Mutation.COMMITS_OLD_TERMS_BY_COUNTING))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("without the committed 2@");
    }

    private static Cluster run(Mutation mutation) {
        Cluster cluster = new Cluster(1, mutation, 5, 0, new Trace(false));
        List<SimNode> s = cluster.nodes();
        Predicate<Message> none = message -> false;

        // (a) s1 leads and brings an entry to s2 only.
        elect(cluster, s.get(0), none);
        cluster.runUntil(
                "all have the first entry",
                1000,
                () -> s.stream().allMatch(node -> node.core().status().persisted() == 1));
        cluster.network.drop(
                message -> message instanceof Append && !message.to().equals(s.get(1).id));
        s.get(0).propose(PAYLOAD);
        s.get(0).flush();
        cluster.runUntil(
                "s2 has the entry", 1000, () -> s.get(1).core().status().persisted() == 2);

        // (b) s1 crashes; s5 leads by the votes of s3 and s4, and has another entry there.
        s.get(0).crash();
        s.get(1).crash();
        elect(cluster, s.get(4), Append.class::isInstance);
        cluster.runUntil("s5 has an entry", 1000, () -> s.get(4).core().status().persisted() == 2);
        s.get(4).crash();

        // (c) s1 leads again, and brings the entry to s3, but nothing of its new term.
        s.get(0).start();
        s.get(1).start();
        cluster.network.separate(List.of(s.get(3).id), List.of(s.get(0).id));
        elect(
                cluster,
                s.get(0),
                message -> message instanceof Append append
                        && append.lastIndex() > 2
                        && append.to().equals(s.get(2).id)
                        && s.get(2).core().status().persisted() == 2);
        cluster.runUntil(
                "s3 has the entry", 1000, () -> s.get(2).core().status().persisted() == 2);
        cluster.run(100);

        // (d) s1 crashes, and s5 leads by the votes of s3 and s4.
        s.get(0).crash();
        cluster.network.heal();
        s.get(4).start();
        elect(cluster, s.get(4), none);
        return cluster;
    }

    /** Lets {@code node} win an election, in which nobody else stands; messages in {@code dropped} are lost meanwhile and after. */
    private static void elect(Cluster cluster, SimNode node, Predicate<Message> dropped) {
        cluster.network.drop(message -> dropped.test(message)
                || ((message instanceof PreVote || message instanceof Vote)
                        && !message.from().equals(node.id)));
        cluster.runUntil(node.id + " leads", 10_000, node::isLeader);
    }
}
