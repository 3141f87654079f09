package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.open;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static io.mortar.node.coordinator.NamespaceFixture.remove;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.protocol.namespace.RequestKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceAdmissionTest {
    private final TestInbox<Outcome> client = TestInbox.create();
    private final Work grow = change(put("/a", "x"));
    private final Work upload = change(open("/a"));
    private final Work remove = change(remove("/a"));
    private final Work renew = new Work.Renew(new FileVersion(ID, 1, 1), client.getRef());
    private final Work expire = new Work.Expire(new FileVersion(ID, 1, 1));
    private final List<Work> all = List.of(grow, upload, remove, renew, expire);

    @TempDir
    Path directory;

    private Work change(Command command) {
        return new Work.Change(new RequestKey(1, 1, 0), command, client.getRef());
    }

    @Test
    void a_checkpoint_that_is_due_on_a_full_disk_waits_and_the_volume_goes_on() throws IOException {
        AtomicLong usableBytes = new AtomicLong(1000);
        DiskSpace space = DiskSpace.open(directory, new SpaceLimits(0, 1000, 100), usableBytes::get);
        CoordinatorSettings settings = NamespaceFixture.withCheckpointEvents(NamespaceFixture.settings(), 3);
        try (NamespaceFixture namespace =
                new NamespaceFixture(directory, settings, NamespaceFixture.localJournal(directory), space)) {
            namespace.serve();
            namespace.change(put("/1", "x"));
            namespace.change(put("/2", "x"));
            usableBytes.set(99);
            assertThat(namespace.change(put("/3", "x")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.NO_SPACE));
            assertThat(namespace.store.applied("volume-7")).isEqualTo(2);
            usableBytes.set(1000);
            assertThat(namespace.change(put("/3", "x"))).isInstanceOf(Outcome.Written.class);
            assertThat(namespace.faults).isEmpty();
        }
    }

    private DiskSpace usable(long bytes) throws IOException {
        return DiskSpace.open(directory, new SpaceLimits(0, 1000, 100), () -> bytes);
    }

    @Test
    void everything_is_admitted_while_there_is_room() throws IOException {
        assertThat(SpaceAdmission.now(usable(1000)).admit(all)).isEqualTo(all);
        assertThat(client.hasMessages()).isFalse();
    }

    @Test
    void what_grows_is_refused_when_room_is_short_and_what_frees_goes_on() throws IOException {
        assertThat(SpaceAdmission.now(usable(999)).admit(all)).containsExactly(remove, renew, expire);

        assertThat(client.getAllReceived())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.NO_SPACE);
                    assertThat(refused.refusal().text()).contains("999 bytes usable");
                }));
    }

    @Test
    void nothing_that_writes_is_admitted_when_stores_would_refuse_it() throws IOException {
        assertThat(SpaceAdmission.now(usable(99)).admit(all)).containsExactly(renew);
        assertThat(client.getAllReceived()).hasSize(3);
    }
}
