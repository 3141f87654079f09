package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.mortar.journal.group.OutgoingSnapshot.Progress;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.GroupStores;
import io.mortar.journal.state.RowBatch;
import io.mortar.journal.state.RowBatchCodec;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage.SnapshotFrame;
import io.mortar.journal.wire.PeerMessage.SnapshotOffer;
import io.mortar.journal.wire.PeerMessage.SnapshotProgress;
import io.mortar.journal.wire.Route;
import io.mortar.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotStreamTest {
    private static final GroupIdentity IDENTITY = new GroupIdentity(new UUID(1, 2), 1);
    private static final MemberId A = new MemberId("a");
    private static final MemberId B = new MemberId("b");
    private static final Route THERE = new Route(IDENTITY.clusterId(), 1, A, B, "a:1");
    private static final Route BACK = new Route(IDENTITY.clusterId(), 1, B, A, "b:1");
    private static final int WINDOW = 4;
    private static final int SILENCE = 3;
    private static final int ATTEMPTS = 50;
    private static final GroupSettings.Streams LIMITS =
            new GroupSettings.Streams(1 << 17, WINDOW, 2, SILENCE, ATTEMPTS, 10);
    private static final int ROWS = 30;

    @TempDir
    Path directory;

    private final TestInbox<GroupMessage> toReceiver = TestInbox.create();
    private final TestInbox<GroupMessage> toSender = TestInbox.create();
    private final KvOptions options = KvOptions.of(DiskSpace.UNLIMITED).withMemory(1 << 20, 1 << 20);

    static LongStream seeds() {
        return Seeds.upTo(5);
    }

    /** Stores with rows of 64 KiB each. */
    private GroupStores filled() {
        Membership membership = new Membership(List.of(Member.voter(A, "a:1")));
        GroupStores stores = GroupStores.found(directory.resolve("source"), IDENTITY, membership, options, options);
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            RowBatch row = RowBatch.builder()
                    .put(Area.APPLICATION, new byte[] {(byte) i}, value(i))
                    .build();
            entries.add(new Entry(i, 1, Entry.Kind.ROWS, RowBatchCodec.encode(row)));
        }
        stores.log().append(new HardState(1, A), entries);
        stores.state().apply(entries);
        return stores;
    }

    private static byte[] value(int i) {
        byte[] value = new byte[64 * 1024];
        Seeds.random(i).nextBytes(value);
        return value;
    }

    private GroupStores empty() {
        return GroupStores.openOrEmpty(directory.resolve("target"), IDENTITY, options, options);
    }

    private OutgoingSnapshot outgoing(GroupStores source) {
        return new OutgoingSnapshot(
                toReceiver.getRef(), THERE, 7, source.state().snapshotSource(), LIMITS);
    }

    /** Takes what was sent in some order, without some of it, and some of it twice. */
    private static List<GroupMessage> arriving(TestInbox<GroupMessage> inbox, RandomGenerator random) {
        List<GroupMessage> arriving = new ArrayList<>();
        for (GroupMessage message : inbox.getAllReceived()) {
            int fate = random.nextInt(10);
            if (fate > 1) {
                arriving.add(random.nextInt(arriving.size() + 1), message);
            }
            if (fate == 2) {
                arriving.add(message);
            }
        }
        return arriving;
    }

    /** Hands over what has arrived; returns whether the receiver has all of it. */
    private boolean receive(Receiver receiver, List<GroupMessage> messages) {
        for (GroupMessage message : messages) {
            if (message instanceof SnapshotOffer offer) {
                receiver.offered(offer);
            } else if (message instanceof SnapshotFrame frame && receiver.frame(frame)) {
                return true;
            }
        }
        return false;
    }

    /** The receiving end, without the rules for more than one stream. */
    private final class Receiver {
        private final GroupStores stores;
        private @Nullable IncomingSnapshot incoming;

        Receiver(GroupStores stores) {
            this.stores = stores;
        }

        void offered(SnapshotOffer offer) {
            if (incoming == null) {
                incoming = new IncomingSnapshot(
                        offer, toSender.getRef(), BACK, stores.state().snapshotSink());
            }
            incoming.acknowledge();
        }

        boolean frame(SnapshotFrame frame) {
            IncomingSnapshot stream = incoming;
            if (stream == null || stream.accept(frame.number(), frame.bytes()).isEmpty()) {
                return false;
            }
            stores.install(stream.sink());
            stream.acknowledge();
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_copy_arrives_whole_whatever_the_network_does(long seed) {
        RandomGenerator random = Seeds.random(seed);
        try (GroupStores source = filled();
                GroupStores target = empty();
                OutgoingSnapshot outgoing = outgoing(source)) {
            Receiver receiver = new Receiver(target);
            outgoing.offer(1);
            Progress progress = Progress.GOES_ON;
            while (!receive(receiver, arriving(toReceiver, random))) {
                for (GroupMessage message : arriving(toSender, random)) {
                    progress = outgoing.acknowledged(((SnapshotProgress) message).number());
                }
                assertThat(progress).isEqualTo(Progress.GOES_ON);
                progress = outgoing.tick();
            }
            List<GroupMessage> answers = toSender.getAllReceived();
            GroupMessage last = answers.get(answers.size() - 1);
            assertThat(outgoing.acknowledged(((SnapshotProgress) last).number()))
                    .isEqualTo(Progress.ARRIVED);
            assertThat(target.state().applied()).isEqualTo(source.state().applied());
            for (int i = 1; i <= ROWS; i++) {
                assertThat(target.state().applicationRows().get(new byte[] {(byte) i}))
                        .isEqualTo(value(i));
            }
        }
    }

    @Test
    void nothing_but_the_offer_is_sent_before_the_receiver_is_ready_and_then_a_window() {
        try (GroupStores source = filled();
                OutgoingSnapshot outgoing = outgoing(source)) {
            outgoing.offer(1);
            assertThat(toReceiver.getAllReceived()).singleElement().isInstanceOf(SnapshotOffer.class);
            outgoing.acknowledged(0);
            assertThat(numbers()).containsExactly(1, 2, 3, 4);
            outgoing.acknowledged(2);
            assertThat(numbers()).containsExactly(5, 6);
        }
    }

    @Test
    void a_receiver_that_stays_silent_is_given_up_after_all_attempts() {
        try (GroupStores source = filled();
                OutgoingSnapshot outgoing = outgoing(source)) {
            outgoing.offer(1);
            int ticks = 1;
            while (outgoing.tick() == Progress.GOES_ON) {
                ticks++;
            }
            assertThat(ticks).isEqualTo(SILENCE * ATTEMPTS);
            assertThat(toReceiver.getAllReceived()).hasSize(ATTEMPTS).hasOnlyElementsOfType(SnapshotOffer.class);
        }
    }

    @Test
    void an_answer_to_more_than_was_sent_ends_the_stream() {
        try (GroupStores source = filled();
                OutgoingSnapshot outgoing = outgoing(source)) {
            outgoing.offer(1);
            assertThat(outgoing.acknowledged(9)).isEqualTo(Progress.FAILED);
        }
    }

    private List<Integer> numbers() {
        return toReceiver.getAllReceived().stream()
                .map(message -> ((SnapshotFrame) message).number())
                .toList();
    }
}
