package io.mortar.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mortar.core.path.VolumePath;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlPathTest {
    @Test
    void everything_but_unreserved_characters_is_encoded() {
        assertThat(UrlPath.encode("a b")).isEqualTo("a%20b");
        assertThat(UrlPath.encode("100%")).isEqualTo("100%25");
        assertThat(UrlPath.encode("a+b&c=d?e#f;g")).isEqualTo("a%2Bb%26c%3Dd%3Fe%23f%3Bg");
        assertThat(UrlPath.encode("größe")).isEqualTo("gr%C3%B6%C3%9Fe");
        assertThat(UrlPath.encode("文")).isEqualTo("%E6%96%87");
        assertThat(UrlPath.encode("\uD83D\uDE00")).isEqualTo("%F0%9F%98%80");
        assertThat(UrlPath.encode("a/b\n\"")).isEqualTo("a%2Fb%0A%22");
        assertThat(UrlPath.encode("Az09-._~")).isEqualTo("Az09-._~");
    }

    @Test
    void a_decoded_url_is_the_path_again() {
        for (String name : List.of("a b", "100%", "%41", "größe", "+", "a?b#c", "\uD83D\uDE00", "back\\slash")) {
            RemotePath path = RemotePath.parse("bt-vol:/dir/" + name);
            assertThat(URI.create("http://h" + path.url()).getPath()).isEqualTo("/files/bt-vol/dir/" + name);
        }
    }

    @Test
    void a_remote_path_has_a_volume_and_a_slash() {
        assertThat(RemotePath.parse("v:/a/b")).hasToString("v:/a/b");
        assertThat(RemotePath.parse("v:").path()).isEqualTo(VolumePath.ROOT);
        assertThat(RemotePath.parse("v:/").url()).isEqualTo("/files/v/");
        assertThat(RemotePath.parse("v:/a/").path().name()).isEqualTo("a");
        assertThat(RemotePath.parse("v:/a:b").path().name()).isEqualTo("a:b");
    }

    @Test
    void local_names_with_a_colon_are_not_remote() {
        assertThat(RemotePath.isRemote("./v:/a")).isFalse();
        assertThat(RemotePath.isRemote("notes:today")).isFalse();
        assertThat(RemotePath.isRemote("/v:/a")).isFalse();
        assertThat(RemotePath.isRemote(":")).isFalse();
        assertThat(RemotePath.isRemote("v:")).isTrue();
    }

    @Test
    void bad_paths_are_named() {
        for (String bad : List.of("v:/a//b", "v:/../x", "v:/a/.", "v", "/local", "v:a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RemotePath.parse(bad))
                    .withMessageContaining("'" + bad + "'");
        }
    }
}
