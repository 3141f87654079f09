package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.http.VolumeAdmin;
import io.mortar.multijvm.metadata.Quorum;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.Launcher;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two of three voters are lost with their disks: the pool goes on with what the third one has. */
class UnsafeRecoveryIT {
    private static final int STRIPE_UNIT_BYTES = 65_536;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Longer than a node waits for a leader before it refuses. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void the_last_voter_serves_the_acknowledged_files_again_once_it_was_told_to() throws Exception {
        Quorum quorum = new Quorum(pool.nodes());
        NodeProcess last = pool.node(3);
        MortarHttp http = pool.http(3).within(ANSWER);
        byte[] small = Content.of(1, 700);
        byte[] large = Content.of(2, 300_000);
        quorum.awaitVoterCount(3);
        new VolumeAdmin(last.url()).createStarted(Quorum.VOLUME, 1, STRIPE_UNIT_BYTES, List.of(last.brick(1)));
        assertThat(http.put(Quorum.VOLUME, "small", small).status()).isEqualTo(201);
        assertThat(http.put(Quorum.VOLUME, "large", large).status()).isEqualTo(201);
        quorum.awaitCompleteVoterCount(3);

        loseForGood(pool.node(1));
        loseForGood(pool.node(2));

        Await.until(
                "node 3 refuses",
                DEADLINE,
                () -> http.get(Quorum.VOLUME, "small").status() == 503);
        Ended whileRunning = recover(last, "--unsafe", "--yes");
        assertThat(whileRunning.exit()).isEqualTo(1);
        assertThat(whileRunning.err()).contains("in use by another node process");
        last.kill();

        assertNothingIsDone(recover(last), "Nothing was changed");
        assertNothingIsDone(recover(last, "--unsafe"), "Say --yes");
        Ended recovered = recover(last, "--unsafe", "--yes");
        assertThat(recovered.exit()).as(recovered.err()).isZero();
        assertThat(recovered.out()).containsSubsequence("LOST", "MAY APPEAR", "only voter now");

        last.start();
        last.awaitReady();
        Await.until(
                "the pool serves its files again",
                DEADLINE,
                () -> http.get(Quorum.VOLUME, "large").status() == 200);
        assertThat(http.get(Quorum.VOLUME, "large").bytes()).isEqualTo(large);
        assertThat(http.get(Quorum.VOLUME, "small").bytes()).isEqualTo(small);
        Answer written = http.put(Quorum.VOLUME, "new", small);
        assertThat(written.status()).as(written.toString()).isEqualTo(201);
        assertThat(quorum.leader()).isSameAs(last);
        assertThat(quorum.voters()).containsExactly(last.name());
    }

    private static void loseForGood(NodeProcess node) throws IOException, InterruptedException {
        node.kill();
        Directories.delete(dataOf(node));
    }

    /** The command says what there is and what may be lost, and then stops for {@code reason}. */
    private static void assertNothingIsDone(Ended ended, String reason) {
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).containsSubsequence("LOST", "MAY APPEAR").doesNotContain("only voter now");
        assertThat(ended.err()).contains(reason);
    }

    private record Ended(int exit, String out, String err) {}

    private Ended recover(NodeProcess node, String... options) throws IOException, InterruptedException {
        Path output = Files.createTempDirectory(pool.directory(), "recover");
        List<String> command = new ArrayList<>(
                List.of("meta", "recover", "--data-dir", dataOf(node).toString()));
        command.addAll(List.of(options));
        Process process = Launcher.start(output, command.toArray(String[]::new));
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("'mortar meta recover' does not end");
        }
        return new Ended(
                process.exitValue(),
                Files.readString(output.resolve("stdout")),
                Files.readString(output.resolve("stderr")));
    }

    private static Path dataOf(NodeProcess node) {
        return node.spec().directory().resolve("data");
    }
}
