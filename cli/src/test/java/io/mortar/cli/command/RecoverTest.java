package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.security.auth.module.UnixSystem;
import io.mortar.cli.stub.Invocation;
import io.mortar.cli.terminal.Terminal;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import io.mortar.node.identity.DataDirectory;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverTest {
    private static final NodeId NODE = new NodeId(new UUID(1, 1));
    private static final PoolId POOL = new PoolId(new UUID(2, 2));
    private static final GroupIdentity GROUP = new GroupIdentity(POOL.value(), 0);

    @TempDir
    private Path directory;

    @Test
    void without_unsafe_it_shows_the_copy_and_changes_nothing() throws IOException {
        store(votersOf(3));

        Invocation shown = recover("--data-dir", directory.toString());

        assertThat(shown.exit()).isEqualTo(1);
        assertThat(shown.out()).contains("Node bt1", "LOST", "voter, 10.0.0.1:2551");
        assertThat(shown.err()).contains("Nothing was changed", "--unsafe");
        assertThat(membership()).isEqualTo(votersOf(3));
    }

    @Test
    void it_makes_the_node_the_only_voter_at_the_address_that_it_had() throws IOException {
        store(votersOf(3));

        Invocation recovered = recover("--unsafe", "--yes", "--data-dir", directory.toString());

        assertThat(recovered.exit()).as(recovered.err()).isZero();
        assertThat(recovered.out())
                .contains("LOST", "only voter now", "Start it", "pool forget", "copy is empty", "keep their bricks");
        assertThat(membership()).isEqualTo(votersOf(1));
    }

    @Test
    void it_asks_first_and_only_yes_is_yes() throws IOException {
        store(votersOf(3));
        String[] command = {"meta", "recover", "--unsafe", "--data-dir", directory.toString()};

        Invocation declined = Invocation.with("\n", EnumSet.of(Terminal.Stream.IN), command);
        assertThat(declined.exit()).isEqualTo(1);
        assertThat(declined.err()).contains("[y/N]", "Not done");
        assertThat(Invocation.of(command).err()).contains("--yes");
        assertThat(membership()).isEqualTo(votersOf(3));

        assertThat(Invocation.with("y\n", EnumSet.of(Terminal.Stream.IN), command)
                        .exit())
                .isZero();
        assertThat(membership()).isEqualTo(votersOf(1));
    }

    @Test
    void json_says_what_there_is_then() throws IOException {
        store(votersOf(3));

        Invocation recovered = recover(
                "--unsafe", "--yes", "--json", "--address", "10.9.9.9:2551", "--data-dir", directory.toString());

        JsonNode json = Session.JSON.readTree(recovered.out());
        assertThat(json.path("node").asText()).isEqualTo("bt1");
        assertThat(json.path("recovered").asBoolean()).isTrue();
        assertThat(json.path("term").asLong()).isEqualTo(1);
        assertThat(json.path("lastEntry").asLong()).isEqualTo(1);
        assertThat(json.path("members")).hasSize(1);
        assertThat(json.path("members").path(0).path("address").asText()).isEqualTo("10.9.9.9:2551");
    }

    @Test
    void a_node_that_runs_is_left_alone() throws IOException {
        store(votersOf(3));

        try (DataDirectory running = DataDirectory.open(directory)) {
            assertThat(running.path()).exists();
            Invocation refused = recover("--unsafe", "--yes", "--data-dir", directory.toString());

            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("in use by another node process: stop that one");
        }
        assertThat(membership()).isEqualTo(votersOf(3));
    }

    /** Only root can give files away, and it is root who recovers by mistake what belongs to another user. */
    @Test
    void root_is_refused_on_the_data_of_a_node_that_runs_as_another_user_before_anything_is_opened()
            throws IOException {
        assumeTrue(new UnixSystem().getUid() == 0);
        store(votersOf(3));
        Files.setAttribute(directory.resolve("node.json"), "unix:uid", 54321);
        Files.delete(directory.resolve("lock"));

        Invocation refused = recover("--unsafe", "--yes", "--data-dir", directory.toString());

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "sudo -u '#54321' mortar meta recover --unsafe --data-dir " + directory, "Nothing was opened");
        assertThat(directory.resolve("lock")).doesNotExist();
        assertThat(membership()).isEqualTo(votersOf(3));
    }

    @Test
    void a_copy_that_never_got_anything_is_refused() throws IOException {
        identity(true);
        GroupStores.openOrEmpty(replica(), GROUP, options(), options()).close();

        Invocation refused = recover("--unsafe", "--yes", "--data-dir", directory.toString());

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("empty", "another node");
    }

    @Test
    void a_node_without_a_replica_and_a_directory_without_a_node_are_refused() throws IOException {
        Path missing = directory.resolve("missing");
        assertThat(recover("--unsafe", "--data-dir", missing.toString()).err())
                .contains("is not the data directory of a node");
        assertThat(missing).doesNotExist();

        identity(false);
        assertThat(recover("--unsafe", "--data-dir", directory.toString()).err())
                .contains("node bt1 has no replica of the metadata");
    }

    @Test
    void an_address_that_is_none_is_wrong_usage() {
        assertThat(recover("--data-dir", directory.toString(), "--address", "bt1")
                        .exit())
                .isEqualTo(2);
    }

    private static Invocation recover(String... options) {
        String[] arguments = new String[2 + options.length];
        arguments[0] = "meta";
        arguments[1] = "recover";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Invocation.of(arguments);
    }

    private void store(Membership membership) throws IOException {
        identity(true);
        GroupStores.found(replica(), GROUP, membership, options(), options()).close();
    }

    private void identity(boolean replica) throws IOException {
        NodeName name = new NodeName("bt1");
        try (DataDirectory data = DataDirectory.open(directory)) {
            data.store(new NodeIdentity(NODE, name, POOL, new MetadataHolder(NODE, name), replica, List.of()));
        }
        assertThat(Files.exists(directory.resolve("node.json"))).isTrue();
    }

    private Membership membership() {
        try (GroupStores stores = GroupStores.open(replica(), GROUP, options(), options())) {
            return stores.log().membership(stores.log().lastIndex());
        }
    }

    private Path replica() {
        return directory.resolve("metadata");
    }

    private static Membership votersOf(int count) {
        return new Membership(List.of(1, 2, 3).subList(0, count).stream()
                .map(n -> Member.voter(new MemberId(new NodeId(new UUID(n, n)).toString()), "10.0.0." + n + ":2551"))
                .toList());
    }

    private static KvOptions options() {
        return KvOptions.of(DiskSpace.UNLIMITED);
    }
}
