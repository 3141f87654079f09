package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.mortar.journal.kv.KvNoSpaceException;
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
import io.mortar.journal.space.DiskSpace;
import io.mortar.testkit.Seeds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader {@code a} of two voters; the test is the other one. */
class AppendsTest {
    private static final MemberId A = new MemberId("a");
    private static final MemberId B = new MemberId("b");
    private static final long TERM = 1;

    private final GroupSettings settings = GroupSettings.of(ConfigFactory.load().getConfig(GroupSettings.PATH));
    private final MemoryLog log = new MemoryLog(
            SnapshotPoint.origin(new Membership(List.of(Member.voter(A, "a:1"), Member.voter(B, "b:1")))));
    private final RaftCore core = new RaftCore(A, settings.raft(), HardState.INITIAL, log, 0, Seeds.random(1));
    private final Leadership leadership = new Leadership(A);
    private final SpaceWatch space = new SpaceWatch(DiskSpace.UNLIMITED, Runnable::run, command -> {});
    private final Appends appends = new Appends(core, leadership, space, settings);

    @BeforeEach
    void lead() {
        while (core.role() == RoleName.FOLLOWER) {
            core.tick();
            settle();
        }
        step(new Message.PreVoteReply(B, A, 0, TERM, true));
        step(new Message.VoteReply(B, A, TERM, true));
        stored();
        assertThat(leadership.leads(TERM)).isTrue();
    }

    private void settle() {
        while (core.hasReady()) {
            Ready ready = core.ready();
            log.write(ready);
            core.persisted(ready.number());
            ready.committed().forEach(entry -> core.applied(entry.index()));
        }
        leadership.ended(core);
        leadership.began(core, core.status().applied());
        leadership.applied(core.status().applied());
        appends.observe();
    }

    private void step(Message message) {
        core.step(message);
        settle();
    }

    /** The other voter has all that is in the log. */
    private void stored() {
        settle();
        step(new Message.AppendAccepted(B, A, TERM, core.status().lastIndex()));
    }

    private void giveUpHandover() {
        for (int i = 0; i < settings.raft().electionTicksMin() && core.status().transferTo() != null; i++) {
            step(new Message.HeartbeatReply(B, A, TERM, 0));
            core.tick();
        }
        assertThat(core.role()).isEqualTo(RoleName.LEADER);
        assertThat(core.status().transferTo()).isNull();
        settle();
    }

    private CompletableFuture<Long> append(int sizeBytes) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        appends.add(new RaftCommand.Append(new byte[sizeBytes], false, TERM, done));
        return done;
    }

    @Test
    void what_comes_during_a_handover_that_is_given_up_is_appended_in_order_and_before_what_comes_later() {
        CompletableFuture<Long> before = append(1);
        assertThat(core.transfer(B)).isTrue();
        CompletableFuture<Long> first = append(1);
        CompletableFuture<Long> second = append(1);
        stored();
        assertThat(before).isCompleted();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        giveUpHandover();
        CompletableFuture<Long> later = append(1);
        stored();

        long index = before.join();
        assertThat(List.of(first.join(), second.join(), later.join())).containsExactly(index + 1, index + 2, index + 3);
        assertThat(leadership.leads(TERM)).isTrue();
    }

    @Test
    void what_comes_during_a_handover_that_succeeds_is_refused_and_not_in_the_log() {
        long last = core.status().lastIndex();
        assertThat(core.transfer(B)).isTrue();
        CompletableFuture<Long> held = append(1);

        step(new Message.Vote(B, A, TERM + 1, last, TERM, true));

        assertThatThrownBy(held::join).hasCauseInstanceOf(NotLeaderException.class);
        assertThat(core.status().lastIndex()).isEqualTo(last);
    }

    @Test
    void what_is_held_when_the_member_stops_is_refused() {
        assertThat(core.transfer(B)).isTrue();
        CompletableFuture<Long> held = append(1);

        leadership.end("this member stops");
        appends.observe();

        assertThatThrownBy(held::join).hasCauseInstanceOf(NotLeaderException.class);
    }

    @Test
    void what_was_held_is_refused_as_anything_else_when_it_does_not_fit_after_the_handover() {
        assertThat(core.transfer(B)).isTrue();
        CompletableFuture<Long> tooLarge = append(settings.raft().entryBytesMax() + 1);
        CompletableFuture<Long> fits = append(1);
        giveUpHandover();
        stored();
        assertThatThrownBy(tooLarge::join).hasCauseInstanceOf(EntryTooLargeException.class);
        assertThat(fits).isCompleted();
    }

    @Test
    void a_disk_that_has_room_again_while_leadership_is_handed_over_takes_what_comes_then() {
        space.seen(new RaftCommand.SpaceSeen(false, false));
        assertThat(core.transfer(B)).isTrue();
        assertThatThrownBy(append(1)::join).hasCauseInstanceOf(KvNoSpaceException.class);
        space.seen(new RaftCommand.SpaceSeen(true, true));
        CompletableFuture<Long> held = append(1);
        giveUpHandover();
        stored();
        assertThat(held).isCompleted();
    }
}
