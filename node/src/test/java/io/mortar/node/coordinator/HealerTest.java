package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.open;
import static io.mortar.node.coordinator.NamespaceFixture.remove;
import static io.mortar.node.coordinator.NamespaceFixture.settings;
import static io.mortar.node.coordinator.NamespaceFixture.withHealRate;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Usage;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.FetchChunk;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three bricks, three copies of each chunk. */
class HealerTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final VolumeSpec SPEC = new VolumeSpec(1, 3, UNIT);

    @TempDir
    Path directory;

    private NamespaceFixture namespace;

    @BeforeEach
    void open_a_volume_with_copies() {
        namespace = new NamespaceFixture(directory, settings()).serve(ID, VOLUME, SPEC);
    }

    @AfterEach
    void no_faults() {
        namespace.close();
        assertThat(namespace.faults).isEmpty();
    }

    @Test
    void a_brick_that_is_back_gets_every_chunk_it_lacks_and_then_nothing_more() {
        namespace.bricks.takeDown(2);
        FileVersion version = putReduced("/f", 3 * UNIT + 5, 2);
        awaitReducedFiles(1);
        assertThat(healing()).singleElement().satisfies(brick -> {
            assertThat(brick.filesLeft()).isEqualTo(1);
            assertThat(brick.brick()).isEqualTo(ProbeBricks.id(2));
        });

        namespace.bricks.bringBack(2);
        Set<Integer> stored = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            FetchChunk fetch = expectFetch(2);
            int index = fetch.chunk().index();
            assertThat(fetch.chunk().file()).isEqualTo(version);
            assertThat(fetch.sizeBytes()).isEqualTo(index < 3 ? UNIT : 5);
            assertThat(fetch.order()).isZero();
            assertThat(fetch.sources()).containsExactly(source(index % 2), source(1 - index % 2));
            stored.add(index);
            confirm(fetch);
        }
        assertThat(stored).containsExactly(0, 1, 2, 3);
        awaitReducedFiles(0);
        assertThat(healing()).singleElement().satisfies(brick -> {
            assertThat(brick.filesLeft()).isZero();
            assertThat(brick.healedCount()).isEqualTo(1);
            assertThat(brick.copiedBytes()).isEqualTo(3L * UNIT + 5);
        });
    }

    @Test
    void a_damaged_copy_is_copied_anew_from_the_bricks_that_have_it() {
        FileVersion version = putReduced("/f", 3 * UNIT);
        assertThat(namespace.change(new Command.ReportDamage(version, 1, ProbeBricks.id(0))))
                .isEqualTo(new Outcome.DamageNoted(true));

        FetchChunk fetch = expectFetch(0);
        assertThat(fetch.chunk().index()).isEqualTo(1);
        assertThat(fetch.sources()).containsExactly(source(2), source(1));
        confirm(fetch);
        awaitReducedFiles(0);
    }

    @Test
    void the_last_space_of_a_brick_is_left_to_clients() {
        long reserveBytes = settings().jobs().reserveBytes();
        FileVersion version = putReduced("/f", UNIT);
        namespace.bricks.leave(0, reserveBytes / 2);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(healing())
                    .singleElement()
                    .satisfies(brick -> assertThat(brick.lastError()).contains("jobs.reserve"));
            return true;
        });
        namespace.bricks.probes.get(0).expectNoMessage(Duration.ofMillis(1));

        namespace.bricks.leave(0, 2 * reserveBytes + UNIT);
        confirm(expectFetch(0));
        awaitReducedFiles(0);
        awaitNoError();
    }

    @Test
    void a_file_without_an_intact_copy_stays_and_is_tried_again() {
        FileVersion version = putReduced("/f", UNIT);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        FetchChunk failed = expectFetch(0);
        failed.replyTo()
                .tell(new BrickProtocol.ChunkNotFetched(
                        failed.requestId(), new Refusal(RefusalCode.CHUNK_CORRUPT, "as the test wants")));

        FetchChunk again = expectFetch(0);
        assertThat(healing()).singleElement().satisfies(brick -> {
            assertThat(brick.filesLeft()).isEqualTo(1);
            assertThat(brick.lastError()).contains("as the test wants");
        });
        confirm(again);
        awaitReducedFiles(0);
        awaitNoError();
    }

    @Test
    void a_brick_that_refuses_is_tried_again_and_the_reason_is_shown() {
        FileVersion version = putReduced("/f", UNIT);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        refuse(expectFetch(0), RefusalCode.NO_SPACE);

        FetchChunk again = expectFetch(0);
        assertThat(healing().get(0).lastError()).contains("as the test wants");
        confirm(again);
        awaitReducedFiles(0);
    }

    @Test
    void a_brick_that_gets_too_many_chunks_is_given_the_rest_later_without_having_failed() {
        namespace.bricks.takeDown(2);
        putReduced("/f", 3 * UNIT, 2);
        namespace.bricks.bringBack(2);
        FetchChunk first = expectFetch(2);
        refuse(expectFetch(2), RefusalCode.OVERLOADED);
        assertThat(healing().get(0).lastError()).isEmpty();
        confirm(first);
        Set<Integer> stored = new TreeSet<>(Set.of(first.chunk().index()));
        for (int i = 0; i < 2; i++) {
            FetchChunk next = expectFetch(2);
            stored.add(next.chunk().index());
            confirm(next);
        }
        assertThat(stored).containsExactly(0, 1, 2);
        awaitReducedFiles(0);
    }

    @Test
    void several_chunks_of_several_files_are_on_their_way_at_once_but_no_more_than_the_window() {
        namespace.bricks.takeDown(2);
        Set<FileVersion> versions = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            versions.add(putReduced("/f" + i, UNIT, 2));
        }
        namespace.bricks.bringBack(2);
        FetchChunk one = expectFetch(2);
        FetchChunk two = expectFetch(2);
        assertThat(one.chunk().file()).isNotEqualTo(two.chunk().file());
        namespace.bricks.probes.get(2).expectNoMessage(Duration.ofMillis(100));

        confirm(two);
        FetchChunk three = expectFetch(2);
        confirm(three);
        confirm(one);
        awaitReducedFiles(0);
        assertThat(Set.of(one.chunk().file(), two.chunk().file(), three.chunk().file()))
                .isEqualTo(versions);
    }

    @Test
    void no_more_is_copied_than_the_rate_allows_whatever_the_window_is() {
        namespace.close();
        namespace =
                new NamespaceFixture(directory.resolve("slow"), withHealRate(settings(), 1)).serve(ID, VOLUME, SPEC);
        namespace.bricks.takeDown(2);
        putReduced("/f", 3 * UNIT, 2);
        namespace.bricks.bringBack(2);
        confirm(expectFetch(2));
        namespace.bricks.probes.get(2).expectNoMessage(Duration.ofMillis(200));
    }

    @Test
    void bricks_that_are_down_are_not_sources() {
        FileVersion version = putReduced("/f", UNIT);
        namespace.bricks.takeDown(1);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        FetchChunk fetch = expectFetch(0);
        assertThat(fetch.sources()).containsExactly(source(2));
        confirm(fetch);
        awaitReducedFiles(0);
    }

    @Test
    void healing_goes_on_after_a_restart_from_what_is_recorded() {
        namespace.bricks.takeDown(1);
        putReduced("/f", UNIT, 1);
        awaitReducedFiles(1);
        namespace.close();
        assertThat(namespace.faults).isEmpty();

        namespace = new NamespaceFixture(directory, settings()).serve(ID, VOLUME, SPEC);
        confirm(expectFetch(1));
        awaitReducedFiles(0);
    }

    @Test
    void a_file_that_is_removed_while_it_is_healed_needs_no_healing() {
        namespace.bricks.takeDown(2);
        putReduced("/f", UNIT, 2);
        awaitReducedFiles(1);
        namespace.bricks.bringBack(2);
        FetchChunk fetch = expectFetch(2);
        namespace.change(remove("/f"));
        refuse(fetch, RefusalCode.LEASE_LOST);
        awaitReducedFiles(0);
        assertThat(healing()).isEmpty();
    }

    @Test
    void a_volume_that_is_not_started_says_so() {
        namespace.control.tell(new VolumeControl.Suspend(ID, VOLUME));
        TestProbe<Outcome> probe = namespace.kit.createTestProbe();
        namespace.requests.tell(new NamespaceProtocol.DescribeHealing(VOLUME, probe.getRef()));
        Outcome.Refused refused = (Outcome.Refused) probe.receiveMessage(TIMEOUT);
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_STARTED);
    }

    /** Commits a file of which the bricks of these numbers lack the chunks. */
    private FileVersion putReduced(String path, long sizeBytes, int... lacking) {
        Outcome.WriteOpened opened = (Outcome.WriteOpened) namespace.change(open(path));
        Striping striping = opened.striping();
        assertThat(striping.layout().bricks()).hasSize(3);
        List<BrickId> missing =
                java.util.Arrays.stream(lacking).mapToObj(ProbeBricks::id).toList();
        assertThat(opened.unavailable()).isEqualTo(missing);
        Outcome written =
                namespace.change(new Command.CommitWrite(opened.version(), WriteCondition.NONE, sizeBytes, 1, missing));
        assertThat(written).isInstanceOf(Outcome.Written.class);
        return opened.version();
    }

    private FetchChunk expectFetch(int brick) {
        return namespace.bricks.probes.get(brick).expectMessageClass(FetchChunk.class, TIMEOUT);
    }

    private ActorRef<BrickProtocol.Request> source(int brick) {
        return namespace.bricks.probes.get(brick).getRef();
    }

    private static void confirm(FetchChunk fetch) {
        fetch.replyTo().tell(new BrickProtocol.ChunkStored(fetch.requestId()));
    }

    private static void refuse(FetchChunk fetch, RefusalCode code) {
        fetch.replyTo().tell(new BrickProtocol.BrickRefused(fetch.requestId(), new Refusal(code, "as the test wants")));
    }

    private List<Outcome.BrickHealing> healing() {
        TestProbe<Outcome> probe = namespace.kit.createTestProbe();
        namespace.requests.tell(new NamespaceProtocol.DescribeHealing(VOLUME, probe.getRef()));
        return ((Outcome.Healing) probe.receiveMessage(TIMEOUT)).bricks();
    }

    private void awaitReducedFiles(long count) {
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(namespace.store.read(rows -> Usage.of(rows, ID)).reducedFileCount())
                    .isEqualTo(count);
            return true;
        });
    }

    private void awaitNoError() {
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(healing())
                    .allSatisfy(brick -> assertThat(brick.lastError()).isEmpty());
            return true;
        });
    }
}
