package io.mortar.multijvm.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every test uses volumes and bricks of its own. */
class VolumesIT {
    private static final int MIB = 1024 * 1024;
    /** So many that at least one of them is all but certain to be on each of three bricks. */
    private static final int FILES_MAX = 60;

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(3);

    @Test
    void two_volumes_keep_the_same_paths_apart() throws Exception {
        byte[] one = Content.of(1, 3 * MIB);
        byte[] two = Content.of(2, 3 * MIB);
        POOL.volumes().createStarted("vol-one", 3, MIB, POOL.bricks(1));
        POOL.volumes().createStarted("vol-two", 2, 65_536, POOL.bricks(2));

        POOL.http(2).put("vol-one", "same/path", one);
        POOL.http(3).put("vol-two", "same/path", two);

        for (int node = 1; node <= 3; node++) {
            assertThat(POOL.http(node).get("vol-one", "same/path").bytes()).isEqualTo(one);
            assertThat(POOL.http(node).get("vol-two", "same/path").bytes()).isEqualTo(two);
        }
        POOL.http(1).delete("vol-one", "same/path");
        assertThat(POOL.http(3).get("vol-one", "same/path").status()).isEqualTo(404);
        assertThat(POOL.http(3).get("vol-two", "same/path").bytes()).isEqualTo(two);
    }

    @Test
    void a_stopped_volume_refuses_files_and_has_them_all_when_started_again() throws Exception {
        byte[] content = Content.of(3, 2 * MIB);
        POOL.volumes().createStarted("vol-stop", 3, MIB, POOL.bricks(3));
        POOL.http(1).put("vol-stop", "f", content);

        assertThat(POOL.volumes().stop("vol-stop").status()).isEqualTo(200);
        for (int node = 1; node <= 3; node++) {
            for (Answer refusal : List.of(
                    POOL.http(node).get("vol-stop", "f"), POOL.http(node).put("vol-stop", "g", content))) {
                assertThat(refusal.status()).as(refusal.toString()).isEqualTo(409);
                assertThat(refusal.json().path("code").asText()).isEqualTo("VOLUME_NOT_STARTED");
                assertThat(refusal.json().path("detail").asText()).contains("vol-stop");
            }
        }

        assertThat(POOL.volumes().start("vol-stop").status()).isEqualTo(200);
        for (int node = 1; node <= 3; node++) {
            assertThat(POOL.http(node).get("vol-stop", "f").bytes()).isEqualTo(content);
            assertThat(POOL.http(node).get("vol-stop", "g").status()).isEqualTo(404);
        }
    }

    @Test
    void a_quota_holds_through_every_node_and_frees_what_is_removed() throws Exception {
        POOL.volumes().createStarted("vol-quota", 3, MIB, POOL.bricks(29));
        POOL.http(1).put("vol-quota", "box/one", Content.of(5, MIB));
        Answer set =
                POOL.http(2).tell("PUT", "volumes/vol-quota/quotas?path=/box", "{\"limitBytes\": " + 3 * MIB + "}");
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(set.json().path("usedBytes").asLong()).isEqualTo(MIB);

        assertThat(POOL.http(2)
                        .put("vol-quota", "box/deep/two", Content.of(6, 2 * MIB))
                        .status())
                .isEqualTo(201);
        for (int node = 1; node <= 3; node++) {
            Answer refusal = POOL.http(node).put("vol-quota", "box/three", Content.of(7, MIB));
            assertThat(refusal.status()).as(refusal.toString()).isEqualTo(507);
            assertThat(refusal.json().path("code").asText()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(refusal.json().path("detail").asText()).contains("'/box'");
        }
        assertThat(POOL.http(3)
                        .put("vol-quota", "elsewhere", Content.of(7, MIB))
                        .status())
                .isEqualTo(201);

        POOL.http(1).delete("vol-quota", "box/one");
        assertThat(POOL.http(3)
                        .put("vol-quota", "box/three", Content.of(7, MIB))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_deleted_volume_is_gone_and_its_name_is_free() throws Exception {
        POOL.volumes().createStarted("vol-delete", 3, MIB, POOL.bricks(4));
        POOL.http(1).put("vol-delete", "f", Content.of(4, 2 * MIB));
        Answer early = POOL.volumes().delete("vol-delete");
        assertThat(early.status()).as(early.toString()).isEqualTo(409);
        assertThat(early.json().path("code").asText()).isEqualTo("VOLUME_NOT_STOPPED");

        POOL.volumes().stop("vol-delete");
        assertThat(POOL.volumes().delete("vol-delete").status()).isEqualTo(204);

        assertThat(POOL.volumes().names()).doesNotContain("vol-delete");
        assertThat(POOL.http(2).get("vol-delete", "f").status()).isEqualTo(404);
        POOL.volumes().createStarted("vol-delete", 3, MIB, POOL.bricks(5));
        assertThat(POOL.http(2).get("vol-delete", "f").status()).isEqualTo(404);
    }

    @Test
    void a_refused_creation_leaves_nothing_behind() throws Exception {
        List<String> bricks = POOL.bricks(6);
        POOL.volumes().createStarted("vol-owner", 3, MIB, POOL.bricks(7));
        Path foreign = Files.createDirectories(POOL.node(3).brickDirectory(8));
        Files.writeString(foreign.resolve("letter.txt"), "not Mortar's");

        assertRefused("NODE_NOT_FOUND", "bt9", "vol-bad", 3, List.of(bricks.get(0), bricks.get(1), "bt9:/brick"));
        assertRefused(
                "BRICK_IN_USE",
                "vol-owner",
                "vol-bad",
                3,
                List.of(bricks.get(0), bricks.get(1), POOL.node(3).brick(7)));
        assertRefused(
                "BRICK_NOT_EMPTY",
                foreign.toString(),
                "vol-bad",
                3,
                List.of(bricks.get(0), bricks.get(1), POOL.node(3).brick(8)));
        assertRefused("TOO_FEW_BRICKS", "4", "vol-bad", 4, bricks);
        assertRefused("BAD_REQUEST", "no/slash", "no/slash", 3, bricks);
        assertRefused("VOLUME_EXISTS", "vol-owner", "vol-owner", 3, bricks);

        assertThat(Files.readString(foreign.resolve("letter.txt"))).isEqualTo("not Mortar's");
        POOL.volumes().createStarted("vol-bad", 3, MIB, bricks);
        assertThat(POOL.http(2).put("vol-bad", "f", Content.of(5, 4 * MIB)).status())
                .isEqualTo(201);
    }

    @Test
    void new_files_use_an_added_brick_at_once() throws Exception {
        String added = POOL.node(3).brick(9);
        POOL.volumes().createStarted("vol-grow", 2, MIB, POOL.bricks(9).subList(0, 2));

        Answer answer = POOL.http(2).tell("volumes/vol-grow/bricks", "{\"bricks\": [\"" + added + "\"]}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Set<String> used = new HashSet<>();
        for (int file = 0; file < FILES_MAX && !used.contains(added); file++) {
            POOL.http(1).put("vol-grow", "f" + file, Content.of(file, 2 * MIB));
            used.addAll(POOL.volumes().bricksOf("vol-grow", "f" + file));
        }
        assertThat(used).contains(added);
    }

    private static void assertRefused(String code, String named, String name, int stripe, List<String> bricks)
            throws Exception {
        List<String> before = POOL.volumes().names();

        Answer refusal = POOL.volumes().create(name, stripe, MIB, bricks);

        assertThat(refusal.status()).as(refusal.toString()).isBetween(400, 499);
        assertThat(refusal.json().path("code").asText()).isEqualTo(code);
        assertThat(refusal.json().path("detail").asText()).contains(named);
        assertThat(POOL.volumes().names()).isEqualTo(before);
        for (NodeProcess node : POOL.nodes()) {
            assertThat(Directories.filesIn(node.brickDirectory(6), any -> true)).isEmpty();
        }
    }
}
