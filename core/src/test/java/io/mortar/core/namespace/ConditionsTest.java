package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static io.mortar.core.namespace.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final WriteCondition EXISTS = new WriteCondition(true, false, List.of(), List.of(), -1);
    private static final WriteCondition ABSENT = new WriteCondition(false, true, List.of(), List.of(), -1);

    private final TestVolume volume = new TestVolume();

    @Test
    void if_match_any_asks_for_a_target() {
        assertRefused(volume.put("/f", "x", EXISTS), RefusalCode.PRECONDITION_FAILED, "/f", "does not exist");
        volume.put("/f", "x");
        assertThat(volume.put("/f", "y", EXISTS)).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void if_none_match_any_asks_for_no_target() {
        assertThat(volume.put("/f", "x", ABSENT)).isInstanceOf(Outcome.Written.class);
        assertRefused(
                volume.put("/f", "y", ABSENT),
                RefusalCode.PRECONDITION_FAILED,
                tag("/f").toString());
        assertThat(volume.content("/f")).isEqualTo("x");
    }

    @Test
    void if_match_asks_for_the_very_content() {
        volume.put("/f", "x");
        ETag old = tag("/f");
        assertThat(volume.put("/f", "y", ifMatch(old))).isInstanceOf(Outcome.Written.class);
        assertRefused(volume.put("/f", "z", ifMatch(old)), RefusalCode.PRECONDITION_FAILED, old.toString());
        assertThat(volume.put("/f", "z", ifMatch(old, tag("/f")))).isInstanceOf(Outcome.Written.class);
        assertRefused(volume.put("/none", "z", ifMatch(old)), RefusalCode.PRECONDITION_FAILED);
    }

    @Test
    void if_none_match_asks_for_any_other_content() {
        volume.put("/f", "x");
        WriteCondition other = new WriteCondition(false, false, List.of(), List.of(tag("/f")), -1);
        assertRefused(volume.put("/f", "y", other), RefusalCode.PRECONDITION_FAILED);
        volume.put("/f", "y");
        assertThat(volume.put("/f", "z", other)).isInstanceOf(Outcome.Written.class);
        assertThat(volume.put("/none", "z", other)).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void if_unmodified_since_compares_whole_seconds() {
        volume.nowMillis = 5_999;
        volume.put("/f", "x");
        assertRefused(volume.put("/f", "y", unmodifiedSince(4_999)), RefusalCode.PRECONDITION_FAILED);
        assertThat(volume.put("/f", "y", unmodifiedSince(5_000))).isInstanceOf(Outcome.Written.class);
        assertThat(volume.put("/none", "y", unmodifiedSince(0))).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void if_unmodified_since_is_ignored_beside_if_match() {
        volume.put("/f", "x");
        WriteCondition both = new WriteCondition(false, false, List.of(tag("/f")), List.of(), 0);
        assertThat(volume.put("/f", "y", both)).isInstanceOf(Outcome.Written.class);
        assertThat(volume.put("/f", "y", new WriteCondition(true, false, List.of(), List.of(), 0)))
                .isInstanceOf(Outcome.Written.class);
    }

    @Test
    void a_directory_exists_but_has_no_tag() {
        volume.makeDirectory("/d");
        assertRefused(
                volume.run(new Command.Remove(path("/d"), false, ifMatch(new ETag("x")))),
                RefusalCode.PRECONDITION_FAILED,
                "is a directory");
        assertThat(volume.run(new Command.Remove(path("/d"), false, EXISTS))).isEqualTo(new Outcome.Removed());
    }

    @Test
    void a_request_that_would_be_refused_anyway_is_refused_for_that() {
        volume.makeDirectory("/d");
        assertRefused(volume.put("/d", "x", ABSENT), RefusalCode.IS_A_DIRECTORY);
        assertRefused(volume.run(new Command.Remove(path("/none"), false, EXISTS)), RefusalCode.NOT_FOUND);
    }

    @Test
    void an_open_write_is_checked_early_and_again_at_commit() {
        volume.put("/f", "x");
        assertRefused(volume.run(new Command.OpenWrite(path("/f"), ABSENT, -1)), RefusalCode.PRECONDITION_FAILED);
        WriteCondition same = ifMatch(tag("/f"));
        Outcome.WriteOpened opened = (Outcome.WriteOpened) volume.run(new Command.OpenWrite(path("/f"), same, -1));
        volume.put("/f", "between");
        assertRefused(
                volume.run(new Command.CommitWrite(opened.version(), same, 10_000, 1, List.of())),
                RefusalCode.PRECONDITION_FAILED);
        assertThat(volume.content("/f")).isEqualTo("between");
    }

    @Test
    void the_condition_of_a_move_is_of_its_source() {
        volume.put("/from", "x");
        volume.put("/to", "y");
        assertRefused(
                volume.run(new Command.Move(path("/from"), path("/to"), true, ifMatch(tag("/to")))),
                RefusalCode.PRECONDITION_FAILED,
                "/from");
        assertThat(volume.run(new Command.Move(path("/from"), path("/to"), true, ifMatch(tag("/from")))))
                .isEqualTo(new Outcome.Moved(true));
    }

    private ETag tag(String path) {
        return volume.file(path).etag();
    }

    private static WriteCondition ifMatch(ETag... tags) {
        return new WriteCondition(false, false, List.of(tags), List.of(), -1);
    }

    private static WriteCondition unmodifiedSince(long millis) {
        return new WriteCondition(false, false, List.of(), List.of(), millis);
    }
}
