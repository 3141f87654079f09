package io.mortar.journal.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleVoterTest {
    private static final MemberId SELF = new MemberId("a");
    private final MemoryLog log =
            new MemoryLog(SnapshotPoint.origin(new Membership(List.of(Member.voter(SELF, "a:1")))));
    private final RaftCore core =
            new RaftCore(SELF, RaftSettings.standard(), HardState.INITIAL, log, 0, Seeds.random(1));

    @Test
    void it_leads_after_one_tick_and_one_write() {
        core.tick();
        Ready ready = core.ready();
        assertThat(ready.hardState()).isEqualTo(new HardState(1, SELF));
        assertThat(core.role()).isEqualTo(RaftStatus.RoleName.CANDIDATE);

        store(ready);

        assertThat(core.role()).isEqualTo(RaftStatus.RoleName.LEADER);
        assertThat(core.leader()).isEqualTo(SELF);
        assertThat(core.status().leadershipIndex()).isEqualTo(1);
    }

    @Test
    void an_entry_is_committed_when_it_is_stored_and_not_before() {
        lead();
        assertThat(core.propose(new byte[] {7})).isEqualTo(new Proposal.Accepted(2, 1));
        Ready ready = core.ready();
        assertThat(ready.entries()).hasSize(1);
        assertThat(core.hasReady()).isFalse();

        store(ready);

        assertThat(core.ready().committed()).containsExactly(new Entry(2, 1, Entry.Kind.ROWS, new byte[] {7}));
    }

    @Test
    void at_most_one_batch_of_committed_entries_is_outstanding() {
        lead();
        core.propose(new byte[1]);
        store(core.ready());
        assertThat(core.ready().committed()).hasSize(1);
        core.propose(new byte[1]);
        store(core.ready());
        assertThat(core.hasReady()).isFalse();

        core.applied(2);

        assertThat(core.ready().committed()).hasSize(1);
    }

    @Test
    void a_read_is_confirmed_at_once_when_the_term_has_a_committed_entry() {
        core.readIndex(1);
        assertThat(core.ready().reads()).containsExactly(new ReadResult.Failed(1));
        lead();
        core.readIndex(2);
        assertThat(core.ready().reads()).containsExactly(new ReadResult.Confirmed(2, 1));
    }

    private void lead() {
        core.tick();
        List<Ready> readies = new ArrayList<>();
        while (core.hasReady()) {
            Ready ready = core.ready();
            readies.add(ready);
            store(ready);
            ready.committed().forEach(entry -> core.applied(entry.index()));
        }
        assertThat(readies).isNotEmpty();
    }

    private void store(Ready ready) {
        log.write(ready);
        core.persisted(ready.number());
    }
}
