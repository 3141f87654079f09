package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import io.mortar.cli.terminal.Terminal.Stream;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaCommandTest {
    private static final String QUOTAS = "/api/v1/volumes/bt-vol/quotas";
    private static final String PHOTOS =
            "{\"path\":\"/photos\",\"limitBytes\":10737418240,\"limitEntries\":null,\"usedBytes\":1073741825,\"usedEntries\":7}";

    private StubNode node;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Invocation run(String words) {
        String[] arguments = ("--node " + node.uri() + " " + words).split(" ");
        return Invocation.with("n\n", EnumSet.noneOf(Stream.class), arguments);
    }

    private void assertUsage(String words, String part) {
        Invocation refused = run(words);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(part);
    }

    @Test
    void quotas_are_listed_in_both_word_orders() {
        node.answer("GET " + QUOTAS, 200, "{\"volume\":\"bt-vol\",\"quotas\":[" + PHOTOS + "]}");
        for (String words : new String[] {"volume quota bt-vol", "quota volume bt-vol list"}) {
            Invocation listed = run(words);
            assertThat(listed.exit()).as(listed.err()).isZero();
            assertThat(listed.out()).contains("DIRECTORY", "/photos", "1.1G", "10G", "11%", "any");
        }
        assertThat(run("volume quota bt-vol list --json").out()).contains(PHOTOS);
        node.answer("GET " + QUOTAS, 200, "{\"volume\":\"bt-vol\",\"quotas\":[]}");
        assertThat(run("volume quota bt-vol").err()).contains("set DIRECTORY --bytes SIZE");
    }

    @Test
    void a_quota_is_set_with_both_limits_and_removed() {
        node.answer("PUT " + QUOTAS + "?path=%2Fphotos", 200, PHOTOS);
        Invocation set = run("volume quota bt-vol set /photos --bytes 10GiB");
        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.out()).contains("'/photos' holds 1.1G in 7 files and directories, and may hold 10G in any.");
        assertThat(node.bodies()).last().isEqualTo("{\"limitBytes\":10737418240,\"limitEntries\":null}");
        run("volume quota bt-vol set /photos --entries 5");
        assertThat(node.bodies()).last().isEqualTo("{\"limitBytes\":null,\"limitEntries\":5}");
        node.answer("DELETE " + QUOTAS + "?path=%2F", 204, "");
        Invocation removed = run("volume quota bt-vol remove /");
        assertThat(removed.exit()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("'/' has no quota any more");
    }

    @Test
    void wrong_usage_says_what_is_meant() {
        assertUsage("volume quota bt-vol raise /", "list, set, remove");
        assertUsage("volume quota bt-vol list /a", "leave '/a' out");
        assertUsage("volume quota bt-vol list --bytes 1", "'set' only");
        assertUsage("volume quota bt-vol set", "which directory");
        assertUsage("volume quota bt-vol set /a", "--bytes SIZE");
        assertUsage("volume quota bt-vol set /a --bytes many", "not a size");
        assertUsage("volume quota bt-vol set /a --entries many", "many");
        assertUsage("volume quota bt-vol remove /a --entries 3", "'set' only");
    }
}
