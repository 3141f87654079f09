package io.mortar.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VolumeHealthTest {
    private static final String NOTHING_LEFT = """
            {"volume":"v","filesLeft":0,"bricks":[{"brick":"bt1:/b","brickId":"0d","filesLeft":0,"healedFiles":3,"lastError":""}]}""";
    private static final String LEFT = """
            {"volume": "v", "filesLeft": 5, "bricks": [
              {"brick": "bt1:/b", "brickId": "0d", "filesLeft": 4, "healedFiles": 0, "lastError": "no room"},
              {"brick": "bt2:/b", "brickId": "0e", "filesLeft": 1, "healedFiles": 0, "lastError": ""}]}""";

    @Test
    void a_volume_is_whole_when_all_bricks_are_online_and_lack_nothing() {
        assertThat(VolumeHealth.parse(volume("ONLINE", "ONLINE"), NOTHING_LEFT).isWhole())
                .isTrue();
        assertThat(VolumeHealth.parse(volume("ONLINE", "ONLINE"), LEFT).isWhole())
                .isFalse();
        assertThat(VolumeHealth.parse(volume("ONLINE", "FULL"), NOTHING_LEFT).isWhole())
                .isFalse();
    }

    @Test
    void what_is_missing_is_counted() {
        VolumeHealth health = VolumeHealth.parse(volume("UNREACHABLE", "ONLINE"), LEFT);

        assertThat(health.bricksNotOnline()).isEqualTo(1);
        assertThat(health.filesLeft()).isEqualTo(5);
    }

    @Test
    void other_answers_are_refused() {
        assertThatThrownBy(() -> VolumeHealth.parse("{}", NOTHING_LEFT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VolumeHealth.parse(volume("ONLINE", "ONLINE"), "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String volume(String first, String second) {
        return "{\"name\":\"v\",\"bricks\":[{\"brick\":\"bt1:/b\",\"health\":\"%s\"},{\"brick\":\"bt2:/b\",\"health\": \"%s\"}]}"
                .formatted(first, second);
    }
}
