package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.advance;
import static io.mortar.journal.state.StateFixture.changes;
import static io.mortar.journal.state.StateFixture.found;
import static io.mortar.journal.state.StateFixture.open;
import static io.mortar.journal.state.StateFixture.openOrEmpty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsafeRecoveryTest {
    private static final Membership THREE = LogFixture.ALONE
            .with(Member.voter(LogFixture.B, "host-b:2"))
            .with(Member.voter(new MemberId("c"), "host-c:3"));

    @TempDir
    Path directory;

    /** Applied up to 11; 12 and 13 are only stored. */
    private void write() {
        try (GroupStores stores = found(directory.resolve("group"), KvEngine.AUTO)) {
            advance(stores, 10);
            stores.log().append(new HardState(4, LogFixture.A), List.of(LogFixture.members(11, 2, THREE)));
            stores.state().apply(List.of(LogFixture.members(11, 2, THREE)));
            stores.log().append(null, changes(12, 13, 3));
        }
    }

    @Test
    void what_a_copy_has_and_what_may_be_lost_is_said_without_changing_it() {
        write();
        for (int round = 0; round < 2; round++) {
            try (GroupStores stores = open(directory.resolve("group"), KvEngine.AUTO)) {
                UnsafeRecovery.Remains remains = UnsafeRecovery.describe(stores);
                assertThat(remains.term()).isEqualTo(4);
                assertThat(remains.lastIndex()).isEqualTo(13);
                assertThat(remains.lastTerm()).isEqualTo(3);
                assertThat(remains.applied().index()).isEqualTo(11);
                assertThat(remains.membership()).isEqualTo(THREE);
                assertThat(remains.describe())
                        .contains("ends at entry 13 of term 3", "has seen term 4", "has applied 11 entries")
                        .contains("b (voter, host-b:2)")
                        .contains("acknowledged after entry 13", "up to 2 entries");
            }
        }
    }

    @Test
    void a_recovered_member_is_durably_alone_in_a_new_term_with_all_it_had() {
        write();
        try (GroupStores stores = open(directory.resolve("group"), KvEngine.AUTO)) {
            UnsafeRecovery.Remains after = UnsafeRecovery.perform(stores, LogFixture.B, "elsewhere:9");
            assertThat(after.lastIndex()).isEqualTo(14);
        }
        try (GroupStores stores = open(directory.resolve("group"), KvEngine.AUTO)) {
            assertThat(stores.log().membership(14))
                    .isEqualTo(new Membership(List.of(Member.voter(LogFixture.B, "elsewhere:9"))));
            assertThat(stores.log().hardState()).isEqualTo(new HardState(5, null));
            assertThat(stores.log().term(14)).isEqualTo(5);
            assertThat(stores.log().entries(12, 14, Integer.MAX_VALUE)).isEqualTo(changes(12, 13, 3));
            UnsafeRecovery.perform(stores, LogFixture.B, "elsewhere:9");
            assertThat(stores.log().membership(15).members()).hasSize(1);
        }
    }

    @Test
    void nothing_is_recovered_from_a_copy_that_never_had_anything() {
        try (GroupStores stores = openOrEmpty(directory.resolve("group"), KvEngine.AUTO)) {
            assertThat(UnsafeRecovery.describe(stores).recoverable()).isFalse();
            assertThatThrownBy(() -> UnsafeRecovery.perform(stores, LogFixture.A, "host-a:1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("This copy is empty");
            assertThat(stores.log().lastIndex()).isZero();
        }
    }
}
