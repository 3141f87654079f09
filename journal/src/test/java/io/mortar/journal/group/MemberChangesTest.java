package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import com.typesafe.config.ConfigFactory;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MemoryLog;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus.RoleName;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.testkit.Seeds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A group's only voter {@code a}, which leads again and again, and another node {@code b}. */
class MemberChangesTest {
    private static final MemberId A = new MemberId("a");
    private static final MemberId B = new MemberId("b");

    private final GroupSettings settings = GroupSettings.of(ConfigFactory.load().getConfig(GroupSettings.PATH));
    private final MemoryLog log = new MemoryLog(SnapshotPoint.origin(new Membership(List.of(Member.voter(A, "a:1")))));
    private final RaftCore core = new RaftCore(A, settings.raft(), HardState.INITIAL, log, 0, Seeds.random(1));
    private final Leadership leadership = new Leadership(A);
    private final MemberChanges changes = new MemberChanges(core, leadership, new Handover(core), settings);

    private void settle() {
        while (core.hasReady()) {
            Ready ready = core.ready();
            log.write(ready);
            core.persisted(ready.number());
            ready.committed().forEach(entry -> core.applied(entry.index()));
        }
        leadership.applied(core.status().applied());
    }

    private void lead() {
        while (core.role() != RoleName.LEADER) {
            core.tick();
            settle();
        }
        settle();
        assertThat(leadership.began(core, core.status().applied())).isTrue();
    }

    private void lose() {
        core.step(new Message.Heartbeat(B, A, core.term() + 1, 0, 0));
        settle();
        assertThat(leadership.ended(core)).isTrue();
    }

    private void candidates(MemberId... nodes) {
        changes.candidates(Stream.of(nodes)
                .map(id -> new Candidate(id, id + ":1", id.toString(), true, 1000))
                .toList());
    }

    private List<MemberId> membersPursued() {
        changes.pursue(core.status().applied());
        settle();
        return core.status().membership().members().stream().map(Member::id).toList();
    }

    @Test
    void candidates_of_an_earlier_leadership_change_nothing() {
        lead();
        candidates(A);
        assertThat(membersPursued()).containsExactly(A);
        lose();
        lead();
        CompletableFuture<Done> joined = new CompletableFuture<>();
        changes.make(new MemberChange.AddLearner(B, "b:1"), joined);
        settle();
        assertThat(joined).isCompleted();

        assertThat(membersPursued()).containsExactly(A, B);

        candidates(A);
        assertThat(membersPursued()).containsExactly(A);
    }

    @Test
    void candidates_that_are_given_while_this_node_does_not_lead_change_nothing() {
        candidates(A, B);
        lead();
        assertThat(membersPursued()).containsExactly(A);

        candidates(A, B);
        assertThat(membersPursued()).containsExactly(A, B);
    }
}
