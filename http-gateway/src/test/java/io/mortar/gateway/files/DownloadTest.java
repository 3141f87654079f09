package io.mortar.gateway.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.fake.RawConnection;
import io.mortar.gateway.fake.RunningGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {
    private static final int LARGE = 1_000_003;
    private final RunningGateway gateway = new RunningGateway();
    private final byte[] large = new byte[LARGE];

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(large);
        gateway.store.put("/dir/large.bin", large);
        gateway.store.put("/small.txt", "hello, world".getBytes(UTF_8));
        gateway.store.put("/empty", new byte[0]);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private byte[] body(String target, String... headers) {
        var request = gateway.request(target);
        return gateway.send(
                        headers.length == 0 ? request : request.headers(headers),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void a_file_comes_whole_with_what_a_client_needs_to_know() {
        HttpResponse<String> answer = gateway.get("/files/vol/small.txt");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello, world");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("12");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=UTF-8");
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(answer.headers().firstValue("Last-Modified")).hasValue("Mon, 21 Sep 2026 14:13:20 GMT");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Server")).hasValue("mortar");
        assertThat(body("/files/vol/dir/large.bin")).isEqualTo(large);
        assertThat(body("/files/vol/empty")).isEmpty();
    }

    @Test
    void head_is_get_without_the_body() {
        for (String target : new String[] {"/files/vol/small.txt", "/files/vol/dir/large.bin", "/files/vol/empty"}) {
            HttpResponse<String> head = gateway.send("HEAD", target);
            HttpResponse<String> get = gateway.get(target);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Last-Modified"}) {
                assertThat(head.headers().firstValue(name))
                        .as(name)
                        .isEqualTo(get.headers().firstValue(name));
            }
        }
        assertThat(gateway.send("HEAD", "/files/vol/none").statusCode()).isEqualTo(404);
    }

    @Test
    void a_range_comes_alone_and_says_where_it_is() {
        for (String file : new String[] {"/files/vol/dir/large.bin", "/files/vol/small.txt"}) {
            byte[] content = body(file);
            HttpResponse<byte[]> answer = gateway.send(
                    gateway.request(file).header("Range", "bytes=3-7"), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 3, 8));
            assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 3-7/" + content.length);
            assertThat(body(file, "Range", "bytes=-5"))
                    .isEqualTo(Arrays.copyOfRange(content, content.length - 5, content.length));
        }
    }

    @Test
    void several_ranges_come_as_parts() throws Exception {
        for (String file : new String[] {"/files/vol/dir/large.bin", "/files/vol/small.txt"}) {
            byte[] content = body(file);
            HttpResponse<byte[]> answer = gateway.send(
                    gateway.request(file).header("Range", "bytes=8-9, 0-1, -1"),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(206);
            String type = answer.headers().firstValue("Content-Type").orElseThrow();
            assertThat(type).startsWith("multipart/byteranges; boundary=");
            String boundary = type.substring(type.indexOf('=') + 1).replace("\"", "");
            String text = new String(answer.body(), ISO_8859_1);
            String[] parts = text.split("--" + boundary);
            assertThat(parts).hasSize(5);
            int last = content.length - 1;
            assertThat(parts[1])
                    .contains("Content-Range: bytes 8-9/" + content.length, "Content-Type: ")
                    .endsWith("\r\n\r\n" + new String(content, 8, 2, ISO_8859_1) + "\r\n");
            assertThat(parts[2]).endsWith("\r\n\r\n" + new String(content, 0, 2, ISO_8859_1) + "\r\n");
            assertThat(parts[3])
                    .contains("Content-Range: bytes " + last + "-" + last + "/")
                    .endsWith("\r\n\r\n" + new String(content, last, 1, ISO_8859_1) + "\r\n");
            assertThat(parts[4]).isEqualTo("--\r\n");
        }
    }

    @Test
    void a_range_outside_the_file_is_refused_and_an_unreadable_one_ignored() {
        HttpResponse<String> answer = gateway.get("/files/vol/small.txt", "Range", "bytes=12-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */12");
        assertThat(answer.body()).contains("RANGE_NOT_SATISFIABLE");
        assertThat(gateway.get("/files/vol/small.txt", "Range", "lines=1-2").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/files/vol/small.txt", "Range", "bytes=2-1").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/files/vol/empty", "Range", "bytes=0-0").statusCode())
                .isEqualTo(416);
        assertThat(gateway.send("HEAD", "/files/vol/small.txt", "Range", "bytes=0-0")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_range_counts_only_for_the_content_that_if_range_names() {
        String etag =
                gateway.get("/files/vol/small.txt").headers().firstValue("ETag").orElseThrow();
        String[] range = {"Range", "bytes=0-1", "If-Range", etag};
        assertThat(gateway.get("/files/vol/small.txt", range).statusCode()).isEqualTo(206);
        range[3] = "W/" + etag;
        assertThat(gateway.get("/files/vol/small.txt", range).statusCode()).isEqualTo(200);
        range[3] = "Mon, 21 Sep 2026 14:13:20 GMT";
        assertThat(gateway.get("/files/vol/small.txt", range).statusCode()).isEqualTo(206);
        range[3] = "Mon, 21 Sep 2026 14:13:21 GMT";
        assertThat(gateway.get("/files/vol/small.txt", range).statusCode()).isEqualTo(200);
    }

    @Test
    void conditions_save_or_stop_a_download() {
        String etag =
                gateway.get("/files/vol/small.txt").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> unchanged = gateway.get("/files/vol/small.txt", "If-None-Match", "\"x\", W/" + etag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.headers().firstValue("ETag")).hasValue(etag);
        HttpResponse<String> changed = gateway.get("/files/vol/small.txt", "If-Match", "\"x\"");
        assertThat(changed.statusCode()).isEqualTo(412);
        assertThat(changed.body()).contains("PRECONDITION_FAILED", etag.replace("\"", ""));
        assertThat(gateway.get("/files/vol/small.txt", "If-Match", "x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_stream_that_fails_breaks_the_connection_and_never_looks_complete() throws IOException {
        RefusedException lost = new RefusedException(RefusalCode.BRICK_DOWN, "brick bt2:/bt2 is down");
        CompletableFuture<ByteString> rest = new CompletableFuture<>();
        gateway.store.readFault =
                content -> Source.single(ByteString.fromArray(large, 0, 5_000)).concat(Source.completionStage(rest));
        try (RawConnection raw = gateway.raw()) {
            raw.head("GET /files/vol/dir/large.bin HTTP/1.1", "Host: x");
            assertThat(raw.answerHead()).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + LARGE);
            rest.completeExceptionally(lost);
            assertThatThrownBy(raw::rest).isInstanceOf(IOException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void a_stream_that_ends_too_early_breaks_the_connection() throws IOException {
        gateway.store.readFault = content -> content.take(0);
        try (RawConnection raw = gateway.raw()) {
            raw.head("GET /files/vol/dir/large.bin HTTP/1.1", "Host: x");
            assertThatThrownBy(() -> {
                        raw.answerHead();
                        raw.rest();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_download_that_cannot_begin_says_why() {
        gateway.store.refuseReads = new RefusedException(RefusalCode.BRICK_DOWN, "brick bt2:/bt2 is down");
        for (String range : new String[] {"bytes=0-", "bytes=0-0,9-9"}) {
            HttpResponse<String> answer = gateway.get("/files/vol/dir/large.bin", "Range", range);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("BRICK_DOWN", "bt2:/bt2");
        }
    }

    @Test
    void a_download_is_saved_under_the_file_s_name() {
        gateway.store.put("/Übung 1.txt", new byte[1]);
        assertThat(gateway.get("/files/vol/small.txt?download").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"small.txt\"");
        assertThat(gateway.get("/files/vol/%C3%9Cbung%201.txt?download")
                        .headers()
                        .firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"_bung 1.txt\"; filename*=UTF-8''%C3%9Cbung%201.txt");
    }

    @Test
    void a_stored_page_gets_no_rights_on_this_server() {
        gateway.store.put("/page.HTML", new byte[1]);
        gateway.store.put("/image.svg", new byte[1]);
        for (String file : new String[] {"/files/vol/page.HTML", "/files/vol/image.svg"}) {
            assertThat(gateway.get(file).headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).startsWith("sandbox").doesNotContain("same-origin"));
        }
    }

    @Test
    void a_slash_at_the_end_names_no_file() {
        HttpResponse<String> answer = gateway.get("/files/vol/small.txt/");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("NOT_A_DIRECTORY");
    }

    @Test
    void a_client_of_http_1_0_is_served() throws IOException {
        try (RawConnection raw = gateway.raw()) {
            raw.head("GET /files/vol/small.txt HTTP/1.0");
            assertThat(new String(raw.rest(), UTF_8)).startsWith("HTTP/1.").endsWith("\r\n\r\nhello, world");
        }
    }
}
