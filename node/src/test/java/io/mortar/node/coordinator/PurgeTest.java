package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static io.mortar.node.coordinator.NamespaceFixture.remove;
import static io.mortar.node.coordinator.NamespaceFixture.settings;
import static io.mortar.node.coordinator.NamespaceFixture.withLease;
import static io.mortar.node.coordinator.NamespaceFixture.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.DeleteVersions;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
    @TempDir
    Path directory;

    private NamespaceFixture namespace;

    @BeforeEach
    void open() {
        namespace = new NamespaceFixture(directory, settings()).serve();
    }

    private void reopen(CoordinatorSettings settings) {
        namespace.close();
        namespace = new NamespaceFixture(directory, settings).serve();
    }

    @AfterEach
    void no_faults() {
        namespace.close();
        assertThat(namespace.faults).isEmpty();
    }

    @Test
    void a_removed_file_is_deleted_from_its_bricks_and_then_forgotten() {
        FileVersion version = namespace.putLarge("/large");

        namespace.change(remove("/large"));

        for (int brick = 0; brick < 3; brick++) {
            DeleteVersions delete = expectDelete(brick);
            assertThat(delete.versions()).containsExactly(version);
            assertThat(namespace.deletions()).hasSize(1);
            confirm(delete);
        }
        awaitNoDeletions();
    }

    @Test
    void an_upload_that_nobody_renews_is_deleted() {
        reopen(withLease(settings(), Duration.ofMillis(200)));
        FileVersion version = openWrite("/large");

        for (int brick = 0; brick < 3; brick++) {
            DeleteVersions delete = expectDelete(brick);
            assertThat(delete.versions()).containsExactly(version);
            confirm(delete);
        }
        awaitNoDeletions();
        assertThat(refusal(namespace.change(new Command.CommitWrite(version, WriteCondition.NONE, 1, 1, List.of())))
                        .code())
                .isEqualTo(RefusalCode.LEASE_LOST);
        assertThat(refusal(renew(version)).code()).isEqualTo(RefusalCode.LEASE_LOST);
    }

    @Test
    void an_upload_that_is_renewed_lives_on() {
        reopen(withLease(settings(), Duration.ofMillis(400)));
        FileVersion version = openWrite("/large");

        for (int i = 0; i < 8; i++) {
            namespace.bricks.probes.get(0).expectNoMessage(Duration.ofMillis(100));
            assertThat(renew(version)).isEqualTo(new Outcome.LeaseRenewed(400));
        }
        assertThat(namespace.change(new Command.CommitWrite(version, WriteCondition.NONE, 1_000_000, 1, List.of())))
                .isInstanceOf(Outcome.Written.class);
        namespace.bricks.probes.get(0).expectNoMessage(Duration.ofMillis(600));
    }

    /** A purger that has just started deletes nothing, lest a reader still needs it: has something deleted, to be beyond that. */
    private void awaitFirstLook() {
        namespace.putLarge("/first");
        namespace.change(remove("/first"));
        for (int brick = 0; brick < 3; brick++) {
            confirm(expectDelete(brick));
        }
        awaitNoDeletions();
    }

    @Test
    void a_purger_that_has_started_gives_readers_a_term_to_pin_what_they_had_pinned_before() {
        FileVersion version = namespace.putLarge("/large");
        namespace.change(remove("/large"));
        long startNanos = System.nanoTime();
        reopen(withPin(settings(), Duration.ofSeconds(1)));

        assertThat(expectDelete(0).versions()).containsExactly(version);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_content_that_is_being_read_is_deleted_later() {
        awaitFirstLook();
        FileVersion pinned = namespace.putLarge("/pinned");
        FileVersion free = namespace.putLarge("/free");
        namespace.requests.tell(new NamespaceProtocol.PinVersion(VOLUME, pinned));

        namespace.change(remove("/pinned"));
        namespace.change(remove("/free"));

        Set<FileVersion> early = new HashSet<>();
        for (int brick = 0; brick < 3; brick++) {
            DeleteVersions delete = expectDelete(brick);
            early.addAll(delete.versions());
            confirm(delete);
        }
        assertThat(early).containsExactly(free);
        for (int brick = 0; brick < 3; brick++) {
            DeleteVersions delete = expectDelete(brick);
            assertThat(delete.versions()).containsExactly(pinned);
            confirm(delete);
        }
        awaitNoDeletions();
    }

    @Test
    void bricks_that_are_down_are_asked_when_they_are_back_and_do_not_hold_up_the_others() {
        Set<FileVersion> versions = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            versions.add(namespace.putLarge("/dir/f" + i));
        }
        namespace.bricks.takeDown(2);

        namespace.change(remove("/dir"));

        for (int brick = 0; brick < 2; brick++) {
            assertThat(confirmAll(brick, versions.size())).isEqualTo(versions);
        }
        // What was confirmed is in the rows, so that nobody asks again, whoever leads.
        BrickId down = namespace.bricks.placed().get(2).id();
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            namespace.bricks.probes.subList(0, 2).forEach(PurgeTest::confirmWaiting);
            assertThat(namespace.deletions())
                    .hasSize(10)
                    .allSatisfy(deletion -> assertThat(deletion.bricks()).containsExactly(down));
            return null;
        });
        namespace.bricks.bringBack(2);
        assertThat(confirmAll(2, versions.size())).isEqualTo(versions);
        awaitNoDeletions();
    }

    @Test
    void a_brick_that_refuses_or_does_not_answer_is_asked_again() {
        namespace.putLarge("/large");
        namespace.change(remove("/large"));
        confirm(expectDelete(0));
        confirm(expectDelete(1));

        DeleteVersions refused = expectDelete(2);
        refused.replyTo()
                .tell(new BrickProtocol.BrickRefused(
                        refused.requestId(), new Refusal(RefusalCode.BRICK_DOWN, "quarantined")));
        expectDelete(2);
        DeleteVersions third = expectDelete(2);
        assertThat(namespace.deletions()).hasSize(1);
        confirm(third);
        awaitNoDeletions();
    }

    @Test
    void a_brick_that_was_detached_is_not_asked_and_holds_nothing_up() {
        FileVersion version = namespace.putLarge("/large");
        List<VolumeControl.PlacedBrick> placed = namespace.bricks.placed();
        namespace.serve(placed.subList(0, 2));

        namespace.change(remove("/large"));

        for (int brick = 0; brick < 2; brick++) {
            DeleteVersions delete = expectDelete(brick);
            assertThat(delete.versions()).containsExactly(version);
            confirm(delete);
        }
        awaitNoDeletions();
        namespace.bricks.probes.get(2).expectNoMessage(Duration.ZERO);
    }

    @Test
    void a_removed_tree_is_taken_apart_until_no_row_of_it_is_left() {
        namespace.change(put("/kept", "x"));
        int before = rowsWithoutAnswers();
        for (int i = 0; i < 30; i++) {
            namespace.change(put("/tree/d" + i % 3 + "/f" + i, "x"));
        }
        assertThat(rowsWithoutAnswers()).isGreaterThan(before + 30);

        namespace.change(remove("/tree"));

        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(rowsWithoutAnswers()).isEqualTo(before);
            return null;
        });
    }

    private int rowsWithoutAnswers() {
        return namespace.rowCount(ID)
                - namespace.store.read(rows -> {
                    int count = 0;
                    try (var cursor = rows.scan(new byte[] {'C', 0, 0, 0, 7}, new byte[] {'C', 0, 0, 0, 8})) {
                        while (cursor.next()) {
                            count++;
                        }
                    }
                    return count;
                });
    }

    private FileVersion openWrite(String path) {
        return ((Outcome.WriteOpened) namespace.change(NamespaceFixture.open(path))).version();
    }

    private Outcome renew(FileVersion version) {
        TestProbe<Outcome> probe = namespace.kit.createTestProbe();
        namespace.requests.tell(new NamespaceProtocol.RenewLease(VOLUME, version, probe.getRef()));
        return probe.receiveMessage(TIMEOUT);
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal();
    }

    private DeleteVersions expectDelete(int brick) {
        return namespace.bricks.probes.get(brick).expectMessageClass(DeleteVersions.class, TIMEOUT);
    }

    private static void confirm(DeleteVersions delete) {
        delete.replyTo().tell(new BrickProtocol.VersionsDeleted(delete.requestId()));
    }

    /** Confirms until {@code count} different contents were deleted from the brick; the settings allow 4 per message. */
    private Set<FileVersion> confirmAll(int brick, int count) {
        Set<FileVersion> deleted = new HashSet<>();
        while (deleted.size() < count) {
            DeleteVersions delete = expectDelete(brick);
            assertThat(delete.versions()).hasSizeLessThanOrEqualTo(4);
            deleted.addAll(delete.versions());
            confirm(delete);
        }
        return deleted;
    }

    /** Confirms on the way: a confirmation that a busy machine delivered late is asked for again. */
    private void awaitNoDeletions() {
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            namespace.bricks.probes.forEach(PurgeTest::confirmWaiting);
            assertThat(namespace.deletions()).isEqualTo(List.of());
            return null;
        });
    }

    private static void confirmWaiting(TestProbe<BrickProtocol.Request> brick) {
        while (true) {
            try {
                confirm((DeleteVersions) brick.receiveMessage(Duration.ofMillis(1)));
            } catch (AssertionError none) {
                return;
            }
        }
    }
}
