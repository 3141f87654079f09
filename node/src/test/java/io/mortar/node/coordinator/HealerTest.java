package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.open;
import static io.mortar.node.coordinator.NamespaceFixture.remove;
import static io.mortar.node.coordinator.NamespaceFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
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
import io.mortar.protocol.brick.BrickProtocol.ReadChunk;
import io.mortar.protocol.brick.BrickProtocol.StoreChunk;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.nio.file.Path;
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
            answerRead(i % 2, true);
            StoreChunk store = namespace.bricks.probes.get(2).expectMessageClass(StoreChunk.class, TIMEOUT);
            assertThat(store.chunk().file()).isEqualTo(version);
            assertThat(store.data().size()).isEqualTo(store.chunk().index() < 3 ? UNIT : 5);
            stored.add(store.chunk().index());
            store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
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
    void a_damaged_copy_is_stored_anew_from_the_next_brick_that_has_it() {
        FileVersion version = putReduced("/f", 3 * UNIT);
        assertThat(namespace.change(new Command.ReportDamage(version, 1, ProbeBricks.id(0))))
                .isEqualTo(new Outcome.DamageNoted(true));

        answerRead(2, false);
        answerRead(1, true);
        StoreChunk store = namespace.bricks.probes.get(0).expectMessageClass(StoreChunk.class, TIMEOUT);
        assertThat(store.chunk().index()).isEqualTo(1);
        store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
        awaitReducedFiles(0);
    }

    @Test
    void a_file_without_an_intact_copy_stays_and_is_tried_again() {
        FileVersion version = putReduced("/f", UNIT);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        answerRead(1, false);
        answerRead(2, false);

        answerRead(1, true);
        assertThat(healing()).singleElement().satisfies(brick -> {
            assertThat(brick.filesLeft()).isEqualTo(1);
            assertThat(brick.lastError()).contains("as the test wants");
        });
        StoreChunk store = namespace.bricks.probes.get(0).expectMessageClass(StoreChunk.class, TIMEOUT);
        store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
        awaitReducedFiles(0);
        awaitNoError();
    }

    @Test
    void a_brick_that_refuses_is_tried_again_and_the_reason_is_shown() {
        FileVersion version = putReduced("/f", UNIT);
        namespace.change(new Command.ReportDamage(version, 0, ProbeBricks.id(0)));
        answerRead(1, true);
        StoreChunk refused = namespace.bricks.probes.get(0).expectMessageClass(StoreChunk.class, TIMEOUT);
        refused.replyTo().tell(refusal(refused.requestId(), RefusalCode.NO_SPACE));

        ReadChunk again = namespace.bricks.probes.get(1).expectMessageClass(ReadChunk.class, TIMEOUT);
        assertThat(healing().get(0).lastError()).contains("as the test wants");
        answer(again);
        StoreChunk store = namespace.bricks.probes.get(0).expectMessageClass(StoreChunk.class, TIMEOUT);
        store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
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
        answerRead(0, true);
        StoreChunk store = namespace.bricks.probes.get(1).expectMessageClass(StoreChunk.class, TIMEOUT);
        store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
        awaitReducedFiles(0);
    }

    @Test
    void a_file_that_is_removed_while_it_is_healed_needs_no_healing() {
        namespace.bricks.takeDown(2);
        putReduced("/f", UNIT, 2);
        awaitReducedFiles(1);
        namespace.bricks.bringBack(2);
        answerRead(0, true);
        StoreChunk store = namespace.bricks.probes.get(2).expectMessageClass(StoreChunk.class, TIMEOUT);
        namespace.change(remove("/f"));
        store.replyTo().tell(refusal(store.requestId(), RefusalCode.LEASE_LOST));
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

    private void answerRead(int brick, boolean intact) {
        ReadChunk read = namespace.bricks.probes.get(brick).expectMessageClass(ReadChunk.class, TIMEOUT);
        if (intact) {
            answer(read);
        } else {
            read.replyTo().tell(refusal(read.requestId(), RefusalCode.CHUNK_CORRUPT));
        }
    }

    private static void answer(ReadChunk read) {
        ByteString data = ByteString.fromArray(new byte[read.length()]);
        read.replyTo()
                .tell(new BrickProtocol.ChunkData(read.requestId(), BlockChecksums.ofWhole(data.asByteBuffer()), data));
    }

    private static BrickProtocol.BrickRefused refusal(long requestId, RefusalCode code) {
        return new BrickProtocol.BrickRefused(requestId, new Refusal(code, "as the test wants"));
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
