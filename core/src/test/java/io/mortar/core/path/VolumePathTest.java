package io.mortar.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumePathTest {
    @Test
    void a_path_is_parsed_with_or_without_slashes_around_it() {
        VolumePath path = new VolumePath(List.of("a", "b c", "日本"));
        assertThat(VolumePath.parse("/a/b c/日本")).isEqualTo(path);
        assertThat(VolumePath.parse("a/b c/日本/")).isEqualTo(path);
        assertThat(VolumePath.parse(path.toString())).isEqualTo(path);
        assertThat(VolumePath.parse("")).isEqualTo(VolumePath.ROOT);
        assertThat(VolumePath.parse("/")).isEqualTo(VolumePath.ROOT);
        assertThat(VolumePath.ROOT).hasToString("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "//a", "/a//", "/.", "/..", "/a/../b", "/a/./b", "/a\0b", "/a/\ud800"})
    void segments_that_are_no_names_are_refused(String text) {
        assertThatThrownBy(() -> VolumePath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/...", "/.a", "/a.", "/ ", "/-", "/a\\b", "/%2e", "/a:b", "/\ud83d\ude00", "/line\nbreak"})
    void other_names_are_taken_as_they_are(String text) {
        assertThat(VolumePath.parse(text)).hasToString(text);
    }

    @Test
    void limits_are_counted_in_bytes() {
        assertThat(VolumePath.parse("a".repeat(255)).name()).hasSize(255);
        assertThatThrownBy(() -> VolumePath.parse("a".repeat(256))).hasMessageContaining("256 bytes");
        assertThat(VolumePath.parse("é".repeat(127)).name()).hasSize(127);
        assertThatThrownBy(() -> VolumePath.parse("é".repeat(128))).hasMessageContaining("256 bytes");

        String name = "n".repeat(255);
        assertThat(new VolumePath(Collections.nCopies(16, name)).names()).hasSize(16);
        assertThatThrownBy(() -> VolumePath.parse((name + "/").repeat(16) + "x"))
                .hasMessageContaining("4098 bytes");

        assertThat(new VolumePath(Collections.nCopies(256, "d")).names()).hasSize(256);
        assertThatThrownBy(() -> new VolumePath(Collections.nCopies(257, "d"))).hasMessageContaining("257 levels");
    }

    @Test
    void name_parent_and_child_fit_together() {
        VolumePath path = VolumePath.parse("/a/b");
        assertThat(path.parent().child(path.name())).isEqualTo(path);
        assertThat(path.parent().parent()).isEqualTo(VolumePath.ROOT);
        assertThatThrownBy(VolumePath.ROOT::name).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(VolumePath.ROOT::parent).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_path_is_within_itself_and_its_ancestors_by_whole_names() {
        VolumePath path = VolumePath.parse("/a/b");
        assertThat(path.isWithin(path)).isTrue();
        assertThat(path.isWithin(VolumePath.ROOT)).isTrue();
        assertThat(VolumePath.parse("/a/b/c").isWithin(path)).isTrue();
        assertThat(VolumePath.parse("/a/bc").isWithin(path)).isFalse();
        assertThat(VolumePath.parse("/a").isWithin(path)).isFalse();
    }
}
