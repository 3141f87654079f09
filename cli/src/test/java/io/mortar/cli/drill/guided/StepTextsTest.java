package io.mortar.cli.drill.guided;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.remote.RemotePath;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTextsTest {
    private static final PoolNode NODE = new PoolNode("bt3", "10.0.0.3:2551", URI.create("http://10.0.0.3:8080"));
    private static final PoolSight SIGHT = new PoolSight() {
        @Override
        public boolean answers(String node) {
            return false;
        }

        @Override
        public boolean isAway(String node) {
            return node.equals("bt3");
        }

        @Override
        public String brickHealth(String brick) {
            return brick.equals("bt3:/srv/my bricks") ? "FULL" : "ONLINE";
        }

        @Override
        public long mended(String brick) {
            return 0;
        }
    };

    @TempDir
    Path directory;

    @Test
    void a_machine_is_named_with_the_command_for_it() {
        Step kill = StepTexts.kill(NODE, SIGHT);
        assertThat(kill.instructions().get(0)).contains("On bt3 (10.0.0.3), as root");
        assertThat(String.join("\n", kill.instructions())).contains("systemctl kill -s KILL mortar");
        assertThat(kill.begun().getAsBoolean()).isTrue();
        assertThat(kill.noticed().getAsBoolean()).isTrue();
        assertThat(String.join("\n", StepTexts.pause(NODE, SIGHT).instructions()))
                .contains("systemctl kill -s STOP mortar; sleep 8; systemctl kill -s CONT mortar");
    }

    @Test
    void a_cut_closes_the_port_between_nodes_alone_and_opens_it_again() {
        assertThat(String.join("\n", StepTexts.cut(NODE, Set.of("2551"), SIGHT).instructions()))
                .contains("tcp dport { 2551 } drop", "sleep 15; nft delete table inet mortar_drill")
                .contains("iptables -D INPUT -p tcp -m multiport --ports 2551 -j DROP")
                .doesNotContain("8080");
    }

    @Test
    void a_file_system_is_filled_down_to_what_mortar_leaves_free_and_freed_again() {
        StepBook.Brick brick = new StepBook.Brick("bt3:/srv/my bricks", "bt3", "/srv/my bricks", 570_425_344);
        Step fill = StepTexts.fill(NODE, brick, SIGHT);
        assertThat(String.join("\n", fill.instructions()))
                .contains("'/srv/my bricks'", "- 570425344))", "sleep 20; rm -f \"$F\"");
        assertThat(fill.noticed().getAsBoolean()).isTrue();
    }

    @Test
    void a_chunk_is_found_where_the_format_puts_it() {
        assertThat(Probe.directory("1-2a-7")).isEqualTo("88/1e");
    }

    @Test
    void the_command_flips_one_bit_of_one_byte() throws Exception {
        Path chunk = directory.resolve("chunks/88/1e/1-2a-7-0-0");
        Files.createDirectories(chunk.getParent());
        Probe probe = new Probe(RemotePath.parse("safe:/.mortar-drill-x/probe1"), 5);
        byte[] content = probe.bytes();
        Files.write(chunk, content);

        String command =
                probe.flip(new ObjectMapper().createObjectNode().put("etag", "\"1-2a-7\""), directory.toString());
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(shell.waitFor()).isZero();
        content[content.length / 2] ^= 1;
        assertThat(Files.readAllBytes(chunk)).isEqualTo(content);
    }

    @Test
    void a_brick_that_is_given_chunks_again_was_mended_also_under_a_new_leader_who_counts_anew() {
        long[] counts = {7, 7, 0, 0, 1};
        int[] look = {0};
        int[] reads = {0};
        Mending mending = new Mending(new CountingSight(() -> counts[look[0]++]), "bt3:/srv/safe", () -> reads[0]++);

        assertThat(mending.isSeen()).isFalse();
        assertThat(mending.isSeen()).isFalse();
        assertThat(mending.isSeen()).isFalse();
        assertThat(mending.isSeen()).isTrue();
        assertThat(reads[0]).isEqualTo(4);
    }

    private record CountingSight(LongSupplier counts) implements PoolSight {
        @Override
        public boolean answers(String node) {
            return true;
        }

        @Override
        public boolean isAway(String node) {
            return false;
        }

        @Override
        public String brickHealth(String brick) {
            return "ONLINE";
        }

        @Override
        public long mended(String brick) {
            return counts.getAsLong();
        }
    }
}
