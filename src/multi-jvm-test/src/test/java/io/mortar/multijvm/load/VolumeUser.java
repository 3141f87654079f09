package io.mortar.multijvm.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.command.CommandTree;
import io.mortar.cli.terminal.Terminal;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a user types about bricks and jobs of a volume. All of it may be repeated, and is while the pool is too busy to answer. */
final class VolumeUser {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PoolExtension pool;
    private final String volume;

    VolumeUser(PoolExtension pool, String volume) {
        this.pool = pool;
        this.volume = volume;
    }

    /** Plans change nothing, and what cannot be is said at once. */
    void plan(List<String> all, String... added) {
        JsonNode plan = run(0, "volume add-brick " + volume + " " + String.join(" ", added) + " --plan");
        assertThat(plan.path("feasible").asBoolean()).isTrue();
        assertThat(plan.path("bytesToMove").asLong()).isZero();
        assertThat(plan.path("limitBytesPerSecond").asLong()).isPositive();
        for (String brick : added) {
            assertThat(elements(plan.path("bricks"))).anySatisfy(planned -> {
                assertThat(planned.path("brick").asText()).isEqualTo(brick);
                assertThat(planned.path("freeBytesAfter").asLong()).isPositive();
            });
            assertThat(Path.of(brick.substring(brick.indexOf(':') + 1)))
                    .satisfiesAnyOf(
                            directory -> assertThat(directory).doesNotExist(),
                            directory -> assertThat(directory).isEmptyDirectory());
        }
        JsonNode replacement = run(0, "volume replace-brick " + volume + " " + all.get(0) + " " + added[0] + " --plan");
        assertThat(replacement.path("feasible").asBoolean()).isTrue();
        JsonNode none = run(1, "volume remove-brick " + volume + " " + String.join(" ", all) + " start --plan");
        assertThat(none.path("code").asText()).isEqualTo("TOO_FEW_BRICKS");
    }

    /** The job that heals is always there, so that what is done to it does not depend on when. */
    void steerHealing() {
        String job = volume + "/1";
        assertThat(elements(run(0, "job list " + volume).path("jobs")))
                .extracting(listed -> listed.path("kind").asText())
                .contains("heal", "purge");
        assertThat(run(0, "job pause " + job).path("state").asText()).isEqualTo("PAUSED");
        assertThat(run(0, "job show " + job).path("state").asText()).isEqualTo("PAUSED");
        assertThat(run(0, "job resume " + job).path("state").asText()).isEqualTo("RUNNING");
        assertThat(run(0, "job limit " + job + " 32MiB")
                        .path("limitBytesPerSecond")
                        .asLong())
                .isEqualTo(32L << 20);
        assertThat(run(0, "job limit " + job + " off")
                        .path("limitBytesPerSecond")
                        .isNumber())
                .isFalse();
        assertThat(run(1, "job limit " + volume + "/2 1MiB").path("code").asText())
                .as("of the job that deletes")
                .isEqualTo("BAD_REQUEST");
    }

    /** Evens the volume out, after a look at what that takes; the number of the job. */
    long rebalance() {
        assertThat(run(0, "volume rebalance " + volume + " start --plan")
                        .path("files")
                        .asLong())
                .isPositive();
        long job = run(0, "volume rebalance " + volume + " start").path("id").asLong();
        JsonNode ended = run(0, "job wait " + volume + "/" + job);
        assertThat(ended.path("kind").asText()).isEqualTo("rebalance");
        assertThat(ended.path("state").asText()).isEqualTo("DONE");
        return job;
    }

    /** What {@code mortar ... --json} says on its way to this exit code: the answer, or why there is none. */
    private JsonNode run(int exit, String words) {
        return Await.value("'mortar " + words + "' ends with " + exit, PATIENCE, () -> {
            List<String> arguments = new ArrayList<>(
                    List.of("--node", pool.nodes().get(0).url().toString(), "--json", "--timeout", "30s"));
            arguments.addAll(Arrays.asList(words.split(" ")));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Terminal terminal = new Terminal(
                    new ByteArrayInputStream(new byte[0]), out, err, EnumSet.noneOf(Terminal.Stream.class));
            int ended = new CommandTree(terminal, config -> 0).run(arguments.toArray(String[]::new));
            if (ended != exit) {
                throw new IllegalStateException("it ended with " + ended + ": " + text(out) + text(err));
            }
            return json(exit == 0 ? out : err);
        });
    }

    private static JsonNode json(ByteArrayOutputStream bytes) throws IOException {
        return new ObjectMapper().readTree(bytes.toByteArray());
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
