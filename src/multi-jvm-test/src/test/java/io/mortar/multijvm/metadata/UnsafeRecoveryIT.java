package io.mortar.multijvm.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.http.VolumeAdmin;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.Launcher;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two of three voters are lost with their disks: the pool goes on with what the third one has. */
class UnsafeRecoveryIT {
    private static final String VOLUME = "bt-vol";
    private static final int STRIPE_UNIT_BYTES = 65_536;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void the_last_voter_serves_the_acknowledged_files_again_once_it_was_told_to() throws Exception {
        byte[] small = Content.of(1, 700);
        byte[] large = Content.of(2, 300_000);
        Await.until("all nodes vote and have everything", DEADLINE, () -> haveAll(3));
        NodeProcess last = pool.node(3);
        new VolumeAdmin(last.url()).createStarted(VOLUME, 1, STRIPE_UNIT_BYTES, List.of(last.brick(1)));
        assertThat(pool.http(3).put(VOLUME, "small", small).status()).isEqualTo(201);
        assertThat(pool.http(3).put(VOLUME, "large", large).status()).isEqualTo(201);
        Await.until("node 3 has everything", DEADLINE, () -> haveAll(3));

        for (int lost = 1; lost <= 2; lost++) {
            pool.node(lost).kill();
            Directories.delete(pool.node(lost).spec().directory().resolve("data"));
        }
        MortarHttp http = pool.http(3).within(ANSWER);
        Await.until("node 3 refuses", DEADLINE, () -> http.get(VOLUME, "small").status() == 503);
        assertThat(recover(last).exit()).as("while the node runs").isEqualTo(1);
        last.kill();

        Ended recovered = recover(last);

        assertThat(recovered.exit()).as(recovered.err()).isZero();
        assertThat(recovered.out()).contains("LOST", "only voter now");
        last.start();
        last.awaitReady();
        Await.until(
                "the file is readable again",
                DEADLINE,
                () -> http.get(VOLUME, "large").status() == 200);
        assertThat(http.get(VOLUME, "large").bytes()).isEqualTo(large);
        assertThat(http.get(VOLUME, "small").bytes()).isEqualTo(small);
        Answer written = pool.http(3).put(VOLUME, "new", small);
        assertThat(written.status()).as(written.toString()).isEqualTo(201);
        assertThat(http.ask("meta").json().path("leader").asText()).isEqualTo(last.name());
    }

    /** Whether {@code count} nodes vote, none of which lacks anything. */
    private boolean haveAll(int count) throws IOException, InterruptedException {
        JsonNode here = pool.http(1).ask("meta").json();
        String leader = here.path("leader").asText();
        int complete = 0;
        for (NodeProcess node : pool.nodes()) {
            if (node.name().equals(leader)) {
                for (JsonNode member :
                        new MortarHttp(node.url()).ask("meta").json().path("members")) {
                    boolean votes = member.path("role").asText().equals("voter");
                    complete += votes && member.path("lag").asLong(-1) == 0 ? 1 : 0;
                }
            }
        }
        return complete == count;
    }

    private record Ended(int exit, String out, String err) {}

    private Ended recover(NodeProcess node) throws IOException, InterruptedException {
        Path output = Files.createTempDirectory(pool.directory(), "recover");
        Path data = node.spec().directory().resolve("data");
        Process process = Launcher.start(output, "meta", "recover", "--unsafe", "--yes", "--data-dir", data.toString());
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("'mortar meta recover' does not end");
        }
        return new Ended(
                process.exitValue(),
                Files.readString(output.resolve("stdout")),
                Files.readString(output.resolve("stderr")));
    }
}
