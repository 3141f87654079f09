package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.put;
import static io.mortar.node.coordinator.NamespaceFixture.withCheckpointEvents;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.testkit.DirectoryCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path directory;

    private NamespaceFixture open(String name) {
        return new NamespaceFixture(directory.resolve(name), withCheckpointEvents(CoordinatorSettings.standard(), 4));
    }

    @Test
    void acknowledged_changes_survive_a_restart_across_checkpoints() {
        int count = 0;
        for (int start = 0; start < 4; start++) {
            try (NamespaceFixture namespace = open("pool").serve()) {
                for (int i = 0; i < count; i++) {
                    assertThat(namespace.lookup("/f" + i)).isInstanceOf(Outcome.FileFound.class);
                }
                for (int i = 0; i < 3 + start; i++) {
                    namespace.change(put("/f" + count, "x"));
                    count++;
                }
                assertThat(namespace.faults).isEmpty();
            }
        }
    }

    @Test
    void acknowledged_changes_survive_a_crash_right_after_the_answer() {
        try (NamespaceFixture namespace = open("pool").serve()) {
            for (int i = 0; i < 9; i++) {
                namespace.change(put("/f" + i, "content " + i));
                // The journal last: it is never behind the namespace.
                DirectoryCopy.of(directory.resolve("pool/namespace"), directory.resolve("crash" + i + "/namespace"));
                DirectoryCopy.of(directory.resolve("pool/journal"), directory.resolve("crash" + i + "/journal"));
            }
        }
        for (int i = 0; i < 9; i++) {
            try (NamespaceFixture copy = open("crash" + i).serve()) {
                for (int j = 0; j <= i; j++) {
                    assertThat(copy.lookup("/f" + j)).isInstanceOf(Outcome.FileFound.class);
                }
                assertThat(copy.lookup("/f" + (i + 1))).isInstanceOf(Outcome.Refused.class);
                assertThat(copy.faults).isEmpty();
            }
        }
    }

    @Test
    void an_event_that_the_namespace_lacks_is_applied_again() {
        // The sixth change is event 7: event 4 is a checkpoint.
        namespaceBehindJournal(5, 6);
    }

    @Test
    void a_checkpoint_that_the_namespace_lacks_is_no_loss() {
        // The seventh change is event 9, behind the checkpoint 8 that the namespace does not know.
        namespaceBehindJournal(6, 7);
    }

    /** The namespace as after {@code before} changes beside the journal as after {@code after}. */
    private void namespaceBehindJournal(int before, int after) {
        Path behind = directory.resolve("behind");
        try (NamespaceFixture namespace = open("pool").serve()) {
            for (int i = 0; i < before; i++) {
                namespace.change(put("/f" + i, "x"));
            }
            DirectoryCopy.of(directory.resolve("pool/namespace"), behind.resolve("namespace"));
            for (int i = before; i < after; i++) {
                namespace.change(put("/f" + i, "x"));
            }
            DirectoryCopy.of(directory.resolve("pool/journal"), behind.resolve("journal"));
        }
        try (NamespaceFixture namespace = open("behind").serve()) {
            for (int i = 0; i < after; i++) {
                assertThat(namespace.lookup("/f" + i)).isInstanceOf(Outcome.FileFound.class);
            }
            assertThat(namespace.change(put("/more", "x"))).isInstanceOf(Outcome.Written.class);
            assertThat(namespace.faults).isEmpty();
        }
    }

    @Test
    void a_repeated_request_is_answered_and_not_repeated_even_after_a_restart() {
        RequestKey key = new RequestKey(5, 1, 0);
        Outcome first;
        try (NamespaceFixture namespace = open("pool").serve()) {
            first = namespace.change(NamespaceFixture.VOLUME, key, put("/a", "x"));
            assertThat(namespace.change(NamespaceFixture.VOLUME, key, put("/a", "x")))
                    .isEqualTo(first);
        }
        try (NamespaceFixture namespace = open("pool").serve()) {
            namespace.change(NamespaceFixture.remove("/a"));

            assertThat(namespace.change(NamespaceFixture.VOLUME, key, put("/a", "x")))
                    .isEqualTo(first);
            assertThat(namespace.lookup("/a")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void a_settled_request_that_arrives_late_is_refused() {
        try (NamespaceFixture namespace = open("pool").serve()) {
            namespace.change(NamespaceFixture.VOLUME, new RequestKey(5, 1, 0), put("/a", "x"));
            namespace.change(NamespaceFixture.VOLUME, new RequestKey(5, 2, 2), put("/b", "x"));
            namespace.change(NamespaceFixture.remove("/a"));

            assertThat(namespace.change(NamespaceFixture.VOLUME, new RequestKey(5, 1, 0), put("/a", "x")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.BAD_REQUEST));
            assertThat(namespace.lookup("/a")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void a_copy_of_a_refused_request_is_refused_again_although_it_could_now_succeed() {
        try (NamespaceFixture namespace = open("pool").serve()) {
            RequestKey key = new RequestKey(5, 1, 0);
            Command put = put("/a", "y", new WriteCondition(false, true, List.of(), List.of(), -1));
            namespace.change(put("/a", "x"));
            Outcome refused = namespace.change(NamespaceFixture.VOLUME, key, put);
            namespace.change(NamespaceFixture.remove("/a"));

            assertThat(refused).isInstanceOf(Outcome.Refused.class);
            assertThat(namespace.change(NamespaceFixture.VOLUME, key, put)).isEqualTo(refused);
            assertThat(namespace.lookup("/a")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void a_lost_namespace_beside_a_journal_is_a_fault_and_not_an_empty_volume() throws Exception {
        try (NamespaceFixture namespace = open("pool").serve()) {
            for (int i = 0; i < 12; i++) {
                namespace.change(put("/f" + i, "x"));
            }
        }
        delete(directory.resolve("pool/namespace"));

        try (NamespaceFixture namespace = open("pool").serve()) {
            assertThat(namespace.faults.poll(10, TimeUnit.SECONDS)).isNotNull().hasMessageContaining("volume 7");
        }
    }

    @Test
    void a_lost_journal_beside_a_namespace_is_a_fault() throws Exception {
        try (NamespaceFixture namespace = open("pool").serve()) {
            namespace.change(put("/a", "x"));
        }
        delete(directory.resolve("pool/journal"));

        try (NamespaceFixture namespace = open("pool").serve()) {
            assertThat(namespace.faults.poll(10, TimeUnit.SECONDS)).isNotNull().hasMessageContaining("volume 7");
        }
    }

    @Test
    void an_open_upload_can_be_committed_after_a_restart() {
        Outcome.WriteOpened opened;
        try (NamespaceFixture namespace = open("pool").serve()) {
            opened = (Outcome.WriteOpened) namespace.change(NamespaceFixture.open("/large"));
        }
        try (NamespaceFixture namespace = open("pool").serve()) {
            assertThat(namespace.change(
                            new Command.CommitWrite(opened.version(), WriteCondition.NONE, 1_000_000, 5, List.of())))
                    .isInstanceOf(Outcome.Written.class);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
