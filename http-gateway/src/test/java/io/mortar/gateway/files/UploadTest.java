package io.mortar.gateway.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.fake.RawConnection;
import io.mortar.gateway.fake.RunningGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadTest {
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void a_new_file_is_created_and_an_old_one_replaced() {
        HttpResponse<String> created = gateway.send("PUT", "/files/vol/a/b.txt", "one".getBytes(UTF_8));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag"))
                .hasValueSatisfying(tag -> assertThat(tag).startsWith("\"7-"));

        HttpResponse<String> replaced = gateway.send("PUT", "/files/vol/a/b.txt", "two".getBytes(UTF_8));
        assertThat(replaced.statusCode()).isEqualTo(204);
        assertThat(replaced.headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(created.headers().firstValue("ETag"));
        assertThat(gateway.store.content("/a/b.txt")).isEqualTo("two".getBytes(UTF_8));
    }

    @Test
    void an_empty_file_can_be_written_with_and_without_a_length() throws IOException {
        assertThat(gateway.send("PUT", "/files/vol/empty", new byte[0]).statusCode())
                .isEqualTo(201);
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/none HTTP/1.1", "Host: x");
            assertThat(raw.answer()).startsWith("HTTP/1.1 201 ");
        }
        assertThat(gateway.store.content("/empty")).isEmpty();
        assertThat(gateway.store.content("/none")).isEmpty();
    }

    @Test
    void a_small_body_that_comes_with_its_head_costs_no_stream() throws IOException {
        try (RawConnection raw = gateway.raw()) {
            raw.bytes(("PUT /files/vol/small HTTP/1.1\r\nHost: x\r\nContent-Length: 4096\r\n\r\n" + "x".repeat(4096))
                    .getBytes(UTF_8));
            assertThat(raw.answer()).startsWith("HTTP/1.1 201 ");
        }
        assertThat(gateway.store.writesWithoutStream).hasValue(1);
        assertThat(gateway.store.content("/small")).hasSize(4096);
    }

    @Test
    void a_body_of_unknown_length_is_written_whole() {
        byte[] content = bytes(3_000_001);
        HttpResponse<String> answer = gateway.send(gateway.request("/files/vol/chunked")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(gateway.store.content("/chunked")).isEqualTo(content);
    }

    @Test
    void a_large_body_is_written_whole() {
        byte[] content = bytes(20_000_000);
        assertThat(gateway.send("PUT", "/files/vol/large", content).statusCode())
                .isEqualTo(201);
        assertThat(gateway.store.content("/large")).isEqualTo(content);
    }

    @Test
    void a_refused_upload_that_expects_100_gets_its_answer_instead() throws IOException {
        gateway.store.put("/there", new byte[1]);
        try (RawConnection raw = gateway.raw()) {
            raw.head(
                    "PUT /files/vol/there HTTP/1.1",
                    "Host: x",
                    "Content-Length: 100000000",
                    "Expect: 100-continue",
                    "If-None-Match: *");
            String answer = raw.answer();
            assertThat(answer).startsWith("HTTP/1.1 412 ").contains("PRECONDITION_FAILED", "Connection: close");
            assertThat(raw.rest()).isEmpty();
        }
        assertThat(gateway.store.bytesTaken).hasValue(0);
    }

    @Test
    void an_upload_that_expects_100_gets_it_and_then_its_answer() throws IOException {
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/new HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");
            assertThat(raw.answerHead()).startsWith("HTTP/1.1 100 ");
            raw.bytes("hello".getBytes(UTF_8));
            assertThat(raw.answer()).startsWith("HTTP/1.1 201 ");
            raw.head("GET /files/vol/new HTTP/1.1", "Host: x");
            assertThat(raw.answer()).startsWith("HTTP/1.1 200 ").endsWith("hello");
        }
    }

    @Test
    void the_body_of_a_refused_upload_is_not_read_to_its_end() throws IOException {
        gateway.store.refuseWrites = new RefusedException(RefusalCode.NO_SPACE, "full");
        long sent = 0;
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/big HTTP/1.1", "Host: x", "Content-Length: 100000000");
            byte[] block = new byte[64 * 1024];
            try {
                while (sent < 100_000_000) {
                    raw.bytes(block);
                    sent += block.length;
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching(".*(reset|Broken pipe|closed|aborted).*");
            }
        }
        assertThat(sent).as("what the socket buffers and the limit take").isLessThan(50_000_000);
        assertThat(gateway.store.bytesTaken).hasValue(0);
    }

    @Test
    void a_client_that_stops_sending_sees_why_a_large_upload_was_refused() throws IOException {
        gateway.store.refuseWrites = new RefusedException(RefusalCode.NO_SPACE, "full");
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/big HTTP/1.1", "Host: x", "Content-Length: 100000000");
            raw.bytes(new byte[300_000]);
            assertThat(raw.answer()).startsWith("HTTP/1.1 507 ").contains("NO_SPACE");
        }
    }

    @Test
    void a_connection_survives_the_refusal_of_a_small_upload() throws IOException {
        gateway.store.refuseWrites = new RefusedException(RefusalCode.BRICK_DOWN, "brick bt2:/bt2 is down");
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/small HTTP/1.1", "Host: x", "Content-Length: 200000");
            raw.bytes(new byte[200_000]);
            assertThat(raw.answer()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ", "bt2:/bt2");
            raw.head("GET /health/live HTTP/1.1", "Host: x");
            assertThat(raw.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_upload_that_fails_half_way_is_answered_and_leaves_nothing() {
        gateway.store.spaceBytes = 1_000_000;
        HttpResponse<String> answer = gateway.send("PUT", "/files/vol/half", bytes(1_500_000));
        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(gateway.store.content("/half")).isNull();
    }

    @Test
    void an_upload_that_the_client_breaks_off_leaves_nothing() throws IOException {
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/broken HTTP/1.1", "Host: x", "Content-Length: 1000000");
            raw.bytes(new byte[500_000]);
        }
        try (RawConnection raw = gateway.raw()) {
            raw.head("PUT /files/vol/chunked HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");
            raw.bytes("5\r\nhello\r\n".getBytes(UTF_8));
        }
        assertThat(gateway.get("/files/vol/broken").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/files/vol/chunked").statusCode()).isEqualTo(404);
    }

    @Test
    void content_must_have_the_digests_it_is_said_to_have() throws Exception {
        byte[] content = "hello".getBytes(UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        String sha = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        String[] good = {
            "Content-MD5",
            md5,
            "Content-Digest",
            "sha-256=:" + sha + ":",
            "Repr-Digest",
            "unixsum=:AAA=:, sha-256=:" + sha + ":"
        };
        assertThat(gateway.send("PUT", "/files/vol/d", content, good).statusCode())
                .isEqualTo(201);

        byte[] other = "hallo".getBytes(UTF_8);
        for (int i = 0; i < good.length; i += 2) {
            HttpResponse<String> bad = gateway.send("PUT", "/files/vol/e", other, good[i], good[i + 1]);
            assertThat(bad.statusCode()).as(good[i]).isEqualTo(400);
            assertThat(bad.body()).contains("BAD_DIGEST");
        }
        assertThat(gateway.store.content("/e")).isNull();
    }

    @Test
    void what_a_put_cannot_mean_is_refused_clearly() {
        assertRefused(gateway.send("PUT", "/files/vol/dir/", new byte[1]), 409, "IS_A_DIRECTORY");
        assertRefused(gateway.send("PUT", "/files/vol", new byte[1]), 409, "IS_A_DIRECTORY");
        assertRefused(
                gateway.send("PUT", "/files/vol/r", new byte[1], "Content-Range", "bytes 0-0/5"), 400, "BAD_REQUEST");
        assertRefused(
                gateway.send("PUT", "/files/vol/z", new byte[1], "Content-Encoding", "gzip"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertRefused(gateway.send("PUT", "/files/vol/d", new byte[1], "Content-MD5", "xyz"), 400, "BAD_DIGEST");
        assertRefused(
                gateway.send("PUT", "/files/vol/d", new byte[1], "Content-Digest", "sha-256=abc"), 400, "BAD_DIGEST");
        assertRefused(gateway.send("PUT", "/files/vol/d", new byte[1], "If-Match", "abc"), 400, "BAD_REQUEST");
        assertRefused(gateway.send("PUT", "/files/other/d", new byte[1]), 404, "VOLUME_NOT_FOUND");
    }

    @Test
    void conditions_hold_when_the_upload_is_committed() {
        gateway.store.put("/c", new byte[1]);
        String etag = gateway.get("/files/vol/c").headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.send("PUT", "/files/vol/c", new byte[2], "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send("PUT", "/files/vol/c", new byte[2], "If-None-Match", "W/" + etag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send("PUT", "/files/vol/c", new byte[2], "If-Match", "\"x\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send("PUT", "/files/vol/c", new byte[2], "If-Match", "W/" + etag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send("PUT", "/files/vol/n", new byte[2], "If-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send(
                                "PUT",
                                "/files/vol/c",
                                new byte[2],
                                "If-Unmodified-Since",
                                "Sat, 01 Jan 2000 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.send("PUT", "/files/vol/c", new byte[2], "If-Match", "\"x\", " + etag)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void the_store_is_told_apart_from_a_bug() {
        gateway.store.refuseReads = new IllegalStateException("secret");
        gateway.store.put("/x", bytes(10_000));
        HttpResponse<String> answer = gateway.get("/files/vol/x");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"INTERNAL\"", "\"id\":\"").doesNotContain("secret");
    }

    @Test
    void a_client_that_never_reads_is_not_waited_for() {
        assertThatThrownBy(() -> {
                    try (RawConnection raw = gateway.raw()) {
                        raw.head("PUT /files/vol/x HTTP/1.1", "Host: x", "Content-Length: nonsense");
                        raw.answer();
                        raw.answer();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status);
    }
}
