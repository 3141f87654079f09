package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.UnfinishedUpload;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uploads that end in the middle: by the client, or by the death of the gateway. */
class UnfinishedUploadIT {
    private static final String VOLUME = "bt-vol";
    private static final int STRIPE_UNIT = 65_536;
    private static final int ANNOUNCED = 20 * 1024 * 1024;
    private static final int SENT = 8 * 1024 * 1024;
    /** volume-inode-generation-index-version */
    private static final Pattern CHUNK = Pattern.compile("[0-9]+(-[0-9a-f]+){4}");

    private static final Duration STORED = Duration.ofSeconds(20);
    private static final Duration COLLECTED = Duration.ofSeconds(45);

    @RegisterExtension
    static final PoolExtension POOL =
            PoolExtension.ofNodes(3).configured("mortar.coordinator { lease = 4s, purge { delay = 1s, pin = 1s } }");

    @BeforeAll
    static void createVolume() throws Exception {
        POOL.volumes().createStarted(VOLUME, 3, STRIPE_UNIT, POOL.bricks(1));
    }

    @Test
    void an_upload_that_the_client_aborts_leaves_nothing() throws Exception {
        byte[] old = Content.of(1, 300_000);
        POOL.http(1).put(VOLUME, "kept", old);
        int before = chunkCount();

        for (String path : new String[] {"never", "kept"}) {
            uploadInPartThrough(2, path, before);
            awaitChunkCount(before);
        }

        assertThat(POOL.http(1).get(VOLUME, "never").status()).isEqualTo(404);
        assertThat(POOL.http(3).get(VOLUME, "kept").bytes()).isEqualTo(old);
    }

    @Test
    void an_upload_whose_gateway_is_killed_leaves_nothing() throws Exception {
        int before = chunkCount();
        NodeProcess gateway = POOL.node(3);
        URI url = POOL.http(3).fileUrl(VOLUME, "orphan");

        try (UnfinishedUpload upload = UnfinishedUpload.begin(url, ANNOUNCED)) {
            upload.send(Content.of(3, SENT));
            Await.until("chunks are stored", STORED, () -> chunkCount() > before + 10);
            gateway.kill();
        }

        assertThat(POOL.http(1).get(VOLUME, "orphan").status()).isEqualTo(404);
        gateway.start();
        gateway.awaitReady();
        awaitChunkCount(before);
        assertThat(POOL.http(3).get(VOLUME, "orphan").status()).isEqualTo(404);
    }

    private static void uploadInPartThrough(int node, String path, int before) throws IOException {
        URI url = POOL.http(node).fileUrl(VOLUME, path);
        try (UnfinishedUpload upload = UnfinishedUpload.begin(url, ANNOUNCED)) {
            upload.send(Content.of(2, SENT));
            Await.until("chunks are stored", STORED, () -> chunkCount() > before + 10);
        }
    }

    private static void awaitChunkCount(int expected) {
        Await.until("the chunks of the unfinished upload are deleted", COLLECTED, () -> chunkCount() == expected);
    }

    private static int chunkCount() throws IOException {
        int count = 0;
        for (NodeProcess node : POOL.nodes()) {
            count += Directories.filesIn(
                            node.brickDirectory(1), name -> CHUNK.matcher(name).matches())
                    .size();
        }
        return count;
    }
}
