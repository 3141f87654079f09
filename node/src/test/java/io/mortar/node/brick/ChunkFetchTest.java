package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.BrickRefused;
import io.mortar.protocol.brick.BrickProtocol.ChunkData;
import io.mortar.protocol.brick.BrickProtocol.ChunkNotFetched;
import io.mortar.protocol.brick.BrickProtocol.ChunkStored;
import io.mortar.protocol.brick.BrickProtocol.CopiesDropped;
import io.mortar.protocol.brick.BrickProtocol.Drop;
import io.mortar.protocol.brick.BrickProtocol.ReadChunk;
import io.mortar.protocol.pool.Announcement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A brick that gets chunks from others, of which some are the test. */
class ChunkFetchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final byte[] DATA = new byte[100_000];
    private static final FileVersion VERSION = new FileVersion(NodeOfBricks.VOLUME, 1, 1);

    @TempDir
    Path directory;

    private NodeOfBricks node;
    private Announcement.Brick brick;
    private Announcement.Brick other;
    private TestProbe<BrickProtocol.Request> first;
    private TestProbe<BrickProtocol.Request> second;

    @BeforeEach
    void open() {
        node = new NodeOfBricks(directory);
        node.prepare(1, directory.resolve("one"));
        node.prepare(2, directory.resolve("two"));
        brick = node.awaitHealth(1, BrickHealth.ONLINE);
        other = node.awaitHealth(2, BrickHealth.ONLINE);
        first = node.testKit.createTestProbe();
        second = node.testKit.createTestProbe();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static ChunkId chunk(int index) {
        return new ChunkId(VERSION, index, 0);
    }

    private BrickProtocol.Reply fetch(int index, long order, List<ActorRef<BrickProtocol.Request>> sources) {
        begin(index, order, sources);
        return node.replies.receiveMessage(TIMEOUT);
    }

    private void begin(int index, long order, List<ActorRef<BrickProtocol.Request>> sources) {
        brick.actor()
                .tell(new BrickProtocol.FetchChunk(7, chunk(index), DATA.length, order, sources, node.replies.ref()));
    }

    private static void answer(TestProbe<BrickProtocol.Request> source, int checksumChange) {
        ReadChunk read = source.expectMessageClass(ReadChunk.class, TIMEOUT);
        assertThat(read.length()).isEqualTo(DATA.length);
        ByteString data = ByteString.fromArray(DATA);
        int checksum = BlockChecksums.ofWhole(data.asByteBuffer()) + checksumChange;
        read.replyTo().tell(new ChunkData(read.requestId(), checksum, data));
    }

    private static void refuse(TestProbe<BrickProtocol.Request> source, RefusalCode code, String text) {
        ReadChunk read = source.expectMessageClass(ReadChunk.class, TIMEOUT);
        read.replyTo().tell(new BrickRefused(read.requestId(), new Refusal(code, text)));
    }

    @Test
    void a_chunk_goes_from_brick_to_brick_and_is_dropped_where_it_was() {
        node.store(other, chunk(0), DATA);
        assertThat(fetch(0, 5, List.of(other.actor()))).isEqualTo(new ChunkStored(7));
        other.actor()
                .tell(new BrickProtocol.DropCopies(
                        8, List.of(new Drop(VERSION, 5, 0, 1, List.of())), node.replies.ref()));
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new CopiesDropped(8));

        assertThat(((ChunkData) node.read(brick, chunk(0), DATA.length)).data().toArray())
                .isEqualTo(DATA);
        assertThat(((BrickRefused) node.read(other, chunk(0), 1)).refusal().code())
                .isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void a_chunk_that_is_here_is_not_copied() {
        node.store(brick, chunk(0), DATA);
        assertThat(fetch(0, 5, List.of(first.ref()))).isEqualTo(new ChunkStored(7));
        assertThat(fetch(0, 5, List.of())).isEqualTo(new ChunkStored(7));
        first.expectNoMessage(Duration.ZERO);
    }

    @Test
    void what_one_source_lacks_or_sends_damaged_the_next_one_gives() {
        begin(0, 0, List.of(other.actor(), first.ref(), second.ref()));
        answer(first, 1);
        answer(second, 0);
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new ChunkStored(7));
        assertThat(node.read(brick, chunk(0), DATA.length)).isInstanceOf(ChunkData.class);
    }

    @Test
    void a_source_that_does_not_answer_is_left_and_what_it_sends_later_is_not_taken() {
        close();
        node = new NodeOfBricks(directory, new FetchSettings(4, 300_000, Duration.ofMillis(50)));
        brick = node.awaitHealth(1, BrickHealth.ONLINE);
        TestProbe<BrickProtocol.Request> mute = node.testKit.createTestProbe();
        TestProbe<BrickProtocol.Request> mutest = node.testKit.createTestProbe();
        begin(0, 0, List.of(mute.ref(), mutest.ref()));

        ChunkNotFetched failed = (ChunkNotFetched) node.replies.receiveMessage(TIMEOUT);
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(failed.refusal().text())
                .contains(chunk(0).toString(), "bt1:" + directory.resolve("one"), "did not answer")
                .contains(mute.ref().path().toString(), mutest.ref().path().toString());
        answer(mute, 0);
        answer(mutest, 0);
        assertThat(node.read(brick, chunk(0), 1)).isInstanceOf(BrickRefused.class);
    }

    @Test
    void when_nobody_has_it_the_code_is_the_last_ones_and_the_text_has_all() {
        begin(0, 0, List.of(first.ref(), second.ref()));
        refuse(first, RefusalCode.NOT_FOUND, "brick a has none");
        refuse(second, RefusalCode.CHUNK_CORRUPT, "brick b's is rotten");
        ChunkNotFetched failed = (ChunkNotFetched) node.replies.receiveMessage(TIMEOUT);
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.CHUNK_CORRUPT);
        assertThat(failed.refusal().text()).contains("brick a has none", "brick b's is rotten");
    }

    @Test
    void when_one_of_them_may_give_it_later_that_is_the_code() {
        begin(0, 0, List.of(first.ref(), second.ref()));
        refuse(first, RefusalCode.OVERLOADED, "brick a serves clients first");
        refuse(second, RefusalCode.NOT_FOUND, "brick b has none");
        ChunkNotFetched failed = (ChunkNotFetched) node.replies.receiveMessage(TIMEOUT);
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);
    }

    @Test
    void while_clients_use_bricks_of_the_node_these_neither_get_nor_give_more_than_their_share() {
        close();
        node = new NodeOfBricks(directory, new BackgroundSettings(1, 1, Duration.ofHours(1)));
        brick = node.awaitHealth(1, BrickHealth.ONLINE);
        other = node.awaitHealth(2, BrickHealth.ONLINE);
        first = node.testKit.createTestProbe();
        node.store(other, chunk(0), DATA);

        begin(1, 0, List.of(first.ref()));
        answer(first, 0);
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new ChunkStored(7));
        assertThat(((BrickRefused) fetch(2, 0, List.of(first.ref()))).refusal().code())
                .isEqualTo(RefusalCode.OVERLOADED);
        other.actor().tell(new ReadChunk(8, chunk(0), 0, DATA.length, node.replies.ref(), true));
        assertThat(((BrickRefused) node.replies.receiveMessage(TIMEOUT))
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.OVERLOADED);
        assertThat(node.read(other, chunk(0), DATA.length)).isInstanceOf(ChunkData.class);
    }

    @Test
    void without_a_source_a_chunk_that_is_not_here_is_not_found() {
        ChunkNotFetched failed = (ChunkNotFetched) fetch(0, 5, List.of());
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void a_fetch_that_a_drop_has_overtaken_is_refused_before_anybody_is_asked() {
        brick.actor()
                .tell(new BrickProtocol.DropCopies(
                        8, List.of(new Drop(VERSION, 6, 0, 1, List.of())), node.replies.ref()));
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new CopiesDropped(8));
        BrickRefused refused = (BrickRefused) fetch(0, 5, List.of(first.ref()));
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.LEASE_LOST);
        first.expectNoMessage(Duration.ZERO);
    }

    @Test
    void a_fetch_that_a_drop_overtakes_on_its_way_leaves_nothing() {
        begin(0, 5, List.of(first.ref()));
        ReadChunk read = first.expectMessageClass(ReadChunk.class, TIMEOUT);
        brick.actor()
                .tell(new BrickProtocol.DropCopies(
                        8, List.of(new Drop(VERSION, 6, 0, 1, List.of())), node.replies.ref()));
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new CopiesDropped(8));
        ByteString data = ByteString.fromArray(DATA);
        read.replyTo().tell(new ChunkData(read.requestId(), BlockChecksums.ofWhole(data.asByteBuffer()), data));

        BrickRefused refused = (BrickRefused) node.replies.receiveMessage(TIMEOUT);
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.LEASE_LOST);
        assertThat(node.read(brick, chunk(0), 1)).isInstanceOf(BrickRefused.class);
    }

    @Test
    void more_bytes_at_once_than_the_settings_say_are_refused_until_others_are_done() {
        for (int index = 0; index < 3; index++) {
            begin(index, 0, List.of(first.ref())); // 300 000 bytes, as many as may be
        }
        BrickRefused refused = (BrickRefused) fetch(3, 0, List.of(second.ref()));
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);

        answer(first, 0);
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new ChunkStored(7));
        begin(3, 0, List.of(second.ref()));
        answer(second, 0);
        assertThat(node.replies.receiveMessage(TIMEOUT)).isEqualTo(new ChunkStored(7));
    }

    @Test
    void more_chunks_at_once_than_the_settings_say_are_refused() {
        for (int index = 0; index < 5; index++) {
            brick.actor()
                    .tell(new BrickProtocol.FetchChunk(
                            index, chunk(index), 10, 0, List.of(first.ref()), node.replies.ref()));
        }
        BrickRefused refused = (BrickRefused) node.replies.receiveMessage(TIMEOUT);
        assertThat(refused.requestId()).isEqualTo(4);
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);
    }

    @Test
    void a_brick_tells_what_it_has_and_whether_it_is_intact() {
        node.store(brick, chunk(0), DATA);
        brick.actor()
                .tell(new BrickProtocol.VerifyChunks(
                        5, VERSION, List.of(0, 1), List.of(DATA.length, DATA.length), node.replies.ref()));
        assertThat(node.replies.receiveMessage(TIMEOUT))
                .isEqualTo(new BrickProtocol.ChunksVerified(5, List.of(1), List.of(), DATA.length));

        brick.actor().tell(new BrickProtocol.ListVersions(6, NodeOfBricks.VOLUME, "", 10, node.replies.ref()));
        assertThat(node.replies.receiveMessage(TIMEOUT))
                .isEqualTo(new BrickProtocol.VersionsListed(6, List.of(VERSION), ""));
    }

    @Test
    void too_many_sources_are_refused() {
        List<ActorRef<BrickProtocol.Request>> sources = Collections.nCopies(BrickProtocol.SOURCES_MAX + 1, first.ref());
        assertThat(((BrickRefused) fetch(0, 5, sources)).refusal().code()).isEqualTo(RefusalCode.BAD_REQUEST);
    }
}
