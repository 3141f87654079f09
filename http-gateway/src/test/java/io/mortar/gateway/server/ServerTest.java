package io.mortar.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.fake.RawConnection;
import io.mortar.gateway.fake.RunningGateway;
import io.mortar.gateway.request.PercentCoding;
import io.mortar.protocol.pool.RegistryProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest {
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String raw(String method, String target) throws IOException {
        try (RawConnection raw = gateway.raw()) {
            raw.head(method + " " + target + " HTTP/1.1", "Host: x");
            return raw.answer();
        }
    }

    @Test
    void targets_that_climb_or_hide_something_are_refused() throws IOException {
        gateway.store.put("/x", new byte[1]);
        String[] targets = {
            "/files/vol/a/../x",
            "/files/vol/./x",
            "/files/vol/..",
            "/files/../x",
            "/files/vol/%2e%2e/x",
            "/files/vol/%2E/x",
            "/files/vol//x",
            "/files/vol/x//",
            "/files//vol/x",
            "/files/vol/a%2Fx",
            "/files/vol/x%00",
            "/files/vol/%ff",
            "/files/vol/%c3%28",
            "/files/vol/%ed%a0%80",
            "/files/vol/%zz",
            "/files/vol/%4",
            "/files/vol/" + "n".repeat(256),
            "http://x/files/vol/../x",
        };
        for (String target : targets) {
            assertThat(raw("GET", target))
                    .as(target)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("BAD_PATH", "problem+json");
            assertThat(raw("DELETE", target)).as(target).startsWith("HTTP/1.1 400 ");
        }
        assertThat(gateway.store.content("/x")).isNotNull();
    }

    @Test
    void names_of_every_kind_are_found_under_their_encoded_address() throws IOException {
        String[] names = {
            "a b", "%41", "100%", "ü", "日本語", "e\u0301", "😀", "+", "a?b", "#", "a;b=c", "...", "\\", "*", "~'\"<>"
        };
        for (String name : names) {
            String encoded = PercentCoding.encode(name);
            assertThat(gateway.send("PUT", "/files/vol/" + encoded, name.getBytes(UTF_8))
                            .statusCode())
                    .as(name)
                    .isEqualTo(201);
            assertThat(gateway.store.content("/" + name)).as(name).isEqualTo(name.getBytes(UTF_8));
            assertThat(gateway.get("/files/vol/" + encoded).body()).isEqualTo(name);
        }
        gateway.store.put("/it's(1)@$,!&=:[x]|^{}", new byte[0]);
        assertThat(raw("GET", "/files/vol/it's(1)@$,!&=:[x]|^{}")).startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET", "http://x/files/vol/ignored?no")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void a_client_cannot_say_another_target_in_a_header() throws IOException {
        gateway.store.put("/secret", "secret".getBytes(UTF_8));
        try (RawConnection raw = gateway.raw()) {
            raw.head("GET /files/vol/other HTTP/1.1", "Raw-Request-URI: /files/vol/secret", "Host: x");
            assertThat(raw.answer()).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void a_path_of_the_greatest_length_is_served_and_a_longer_one_refused() throws IOException {
        String name = "ü".repeat(127);
        String longest = ("/" + name).repeat(16);
        gateway.store.put(longest, "x".getBytes(UTF_8));
        String encoded = ("/" + PercentCoding.encode(name)).repeat(16);
        assertThat(raw("GET", "/files/vol" + encoded)).startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET", "/files/vol" + encoded + "/" + "a".repeat(16))).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET", "/" + "a".repeat(20_000)))
                .startsWith("HTTP/1.1 414 ")
                .contains("URI_TOO_LONG");
    }

    @Test
    void what_is_not_http_is_answered_as_a_problem() throws IOException {
        assertThat(raw("BREW", "/files/vol/x"))
                .startsWith("HTTP/1.1 501 ")
                .contains("problem+json", "METHOD_NOT_ALLOWED");
        try (RawConnection raw = gateway.raw()) {
            raw.bytes("nonsense nonsense nonsense\r\n\r\n".getBytes(UTF_8));
            assertThat(raw.answer()).startsWith("HTTP/1.1 ").contains("problem+json");
        }
        try (RawConnection raw = gateway.raw()) {
            raw.head("GET / HTTP/1.1", "Host: x", "X: " + "a".repeat(20_000));
            assertThat(raw.answer()).startsWith("HTTP/1.1 431 ").contains("HEADERS_TOO_LARGE");
        }
    }

    @Test
    void addresses_that_there_are_not_say_which_there_are() {
        HttpResponse<String> answer = gateway.get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("NOT_FOUND", "/files/VOLUME/PATH");
        assertThat(gateway.get("/filesystem/vol/x").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/health/none").statusCode()).isEqualTo(404);
        assertThat(gateway.send("POST", "/", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(gateway.send("DELETE", "/health/live").statusCode()).isEqualTo(405);
    }

    @Test
    void the_front_page_names_the_node_and_links_to_its_volumes() {
        gateway.registry.reply = new RegistryProtocol.VolumesListed(List.of());
        assertThat(gateway.get("/").body()).contains("<title>Mortar node bt1</title>", "no volumes yet");
        gateway.registry.refusal = new RefusedException(RefusalCode.METADATA_UNAVAILABLE, "node <bt1> is away");
        HttpResponse<String> away = gateway.get("/");
        assertThat(away.statusCode()).isEqualTo(200);
        assertThat(away.body()).contains("node &lt;bt1&gt; is away");
    }

    @Test
    void a_taken_port_is_told_when_the_gateway_starts() {
        GatewaySettings taken = new GatewaySettings(
                "127.0.0.1", gateway.port(), "", 1, 0, Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThatThrownBy(() -> gateway.start(taken)).hasStackTraceContaining("in use");
    }

    @Test
    void connections_beyond_the_bound_wait() throws IOException {
        Gateway small = gateway.start(
                new GatewaySettings("127.0.0.1", 0, "", 1, 0, Duration.ofSeconds(1), Duration.ofSeconds(10)));
        try (RawConnection first = gateway.raw(small);
                RawConnection second = gateway.raw(small)) {
            first.head("GET /health/live HTTP/1.1", "Host: x");
            assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
            second.head("GET /health/live HTTP/1.1", "Host: x");
            assertThatThrownBy(() -> second.answerWithin(Duration.ofMillis(300)))
                    .isInstanceOf(SocketTimeoutException.class);
            first.head("GET /health/live HTTP/1.1", "Host: x", "Connection: close");
            assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
            assertThat(second.answerWithin(Duration.ofSeconds(10))).startsWith("HTTP/1.1 200 ");
        }
        small.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @Test
    void the_defaults_are_valid_and_stay_on_the_loopback_address() {
        GatewaySettings settings =
                GatewaySettings.from(ConfigFactory.defaultReference().getConfig("mortar.http"));
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        InetSocketAddress bound = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
        assertThat(settings.url(bound)).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void a_setting_that_makes_no_sense_is_named() {
        for (String line :
                List.of("port = 70000", "connections-max = 0", "public-url = \"ftp://x\"", "idle-timeout = 0s")) {
            assertThatThrownBy(() -> GatewaySettings.from(ConfigFactory.parseString(line)
                            .withFallback(ConfigFactory.defaultReference().getConfig("mortar.http"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mortar.http." + line.substring(0, line.indexOf(' ')));
        }
    }
}
