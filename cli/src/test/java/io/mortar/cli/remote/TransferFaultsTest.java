package io.mortar.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers against a server that breaks off, stalls or refuses, byte by byte. */
class TransferFaultsTest {
    private static final RemotePath PATH = RemotePath.parse("bt-vol:/a");

    private ServerSocket server;
    private CompletableFuture<String> received;
    private CompletableFuture<Boolean> closed;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        received = new CompletableFuture<>();
        closed = new CompletableFuture<>();
    }

    @AfterEach
    void close() throws IOException {
        closed.complete(true);
        server.close();
    }

    @Test
    void a_download_that_breaks_off_fails() {
        serve("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", true);

        assertThatThrownBy(() -> files(5).open(PATH, "\"1\"").readAllBytes())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("cannot read bt-vol:/a");
        assertThat(received.join()).contains("GET /files/bt-vol/a ").contains("If-Match: \"1\"");
    }

    @Test
    void a_download_that_stalls_ends_with_the_exit_code_of_unknown_outcomes() {
        serve("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", false);

        assertThatThrownBy(() -> files(1).open(PATH, "").readAllBytes())
                .isInstanceOfSatisfying(
                        CommandFailedException.class, e -> assertThat(e.exit()).isEqualTo(ExitCode.INCOMPLETE))
                .hasMessageContaining("no byte arrived for 1 s");
    }

    @Test
    void a_download_of_all_bytes_is_complete() throws IOException {
        serve("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfull", true);

        try (InputStream in = files(5).open(PATH, "")) {
            assertThat(in.readAllBytes()).asString().isEqualTo("full");
        }
    }

    @Test
    void an_upload_without_answer_ends_with_the_exit_code_of_unknown_outcomes() {
        serve("", false);

        assertThatThrownBy(() -> files(1).write(PATH, content(3, new ByteArrayInputStream(new byte[3]))))
                .isInstanceOfSatisfying(
                        CommandFailedException.class, e -> assertThat(e.exit()).isEqualTo(ExitCode.INCOMPLETE));
    }

    @Test
    void a_large_upload_is_refused_before_its_bytes_are_sent() {
        String problem = "{\"code\": \"NO_SPACE\", \"detail\": \"the volume is full\"}";
        serve("HTTP/1.1 507 Full\r\nContent-Length: " + problem.length() + "\r\n\r\n" + problem, false);

        assertThatThrownBy(() -> files(5).write(PATH, neverRead(1L << 40)))
                .isInstanceOfSatisfying(
                        CommandFailedException.class, e -> assertThat(e.code()).isEqualTo("NO_SPACE"))
                .hasMessageContaining("the volume is full");
        assertThat(received.join())
                .containsIgnoringCase("Expect: 100-continue")
                .contains("Content-Length: 1099511627776");
    }

    @Test
    void an_upload_that_is_refused_half_way_says_why() {
        String problem = "{\"code\": \"NO_SPACE\", \"detail\": \"brick bt1:/b is full\"}";
        serve(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 507 Full\r\nContent-Length: " + problem.length() + "\r\n\r\n"
                        + problem,
                false);

        assertThatThrownBy(() -> files(5).write(PATH, content(-1, new EndlessStream())))
                .hasMessageContaining("brick bt1:/b is full");
    }

    @Test
    void a_late_continue_is_not_taken_for_the_answer() {
        String problem = "{\"code\": \"NO_SPACE\", \"detail\": \"brick bt1:/b is full\"}";
        serve(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 507 Full\r\nContent-Length: "
                        + problem.length() + "\r\n\r\n" + problem,
                false);

        assertThatThrownBy(() -> files(5).write(PATH, content(-1, new EndlessStream())))
                .hasMessageContaining("brick bt1:/b is full");
    }

    @Test
    void an_upload_that_nobody_reads_is_given_up() {
        serve("HTTP/1.1 100 Continue\r\n\r\n", false);

        assertThatThrownBy(() -> files(1).write(PATH, content(-1, new EndlessStream())))
                .isInstanceOfSatisfying(
                        CommandFailedException.class, e -> assertThat(e.exit()).isEqualTo(ExitCode.INCOMPLETE));
    }

    @Test
    void a_source_that_cannot_be_read_never_looks_like_a_shorter_file() throws Exception {
        CompletableFuture<String> body = serveUpload();

        assertThatThrownBy(() -> files(5).write(PATH, content(-1, failingAfter("some"))))
                .hasMessageContaining("the disk is broken")
                .hasMessageContaining("Nothing was written");
        assertThat(body.get(10, TimeUnit.SECONDS)).contains("s\r\n").doesNotContain("\r\n0\r\n\r\n");
    }

    private RemoteFiles files(int timeoutSeconds) {
        return new RemoteFiles(new NodeClient(
                URI.create("http://127.0.0.1:" + server.getLocalPort()), Duration.ofSeconds(timeoutSeconds)));
    }

    /** Answers one request with {@code response} as soon as its headers are there. */
    private void serve(String response, boolean closeAfter) {
        daemon(() -> {
            Socket socket = server.accept();
            received.complete(headers(socket.getInputStream()));
            socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            if (closeAfter) {
                socket.close();
            } else {
                closed.join();
            }
        });
    }

    /** Takes one upload, and completes with its raw body when the client has gone. */
    private CompletableFuture<String> serveUpload() {
        CompletableFuture<String> body = new CompletableFuture<>();
        daemon(() -> {
            try (Socket socket = server.accept()) {
                received.complete(headers(socket.getInputStream()));
                socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                StringBuilder raw = new StringBuilder();
                try {
                    for (int b = socket.getInputStream().read();
                            b >= 0;
                            b = socket.getInputStream().read()) {
                        raw.append((char) b);
                    }
                } catch (IOException e) {
                    raw.append("<reset>");
                }
                body.complete(raw.toString());
            }
        });
        return body;
    }

    private static String headers(InputStream in) throws IOException {
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            headers.append((char) b);
        }
        return headers.toString();
    }

    private static Content content(long sizeBytes, InputStream in) {
        return new Content() {
            @Override
            public long sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream open() {
                return in;
            }
        };
    }

    private static Content neverRead(long sizeBytes) {
        return new Content() {
            @Override
            public long sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream open() {
                throw new AssertionError("the upload was refused, so nothing is to be read");
            }
        };
    }

    private static final class EndlessStream extends InputStream {
        @Override
        public int read() {
            return 1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return length;
        }
    }

    private static InputStream failingAfter(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == bytes.length) {
                    throw new IOException("the disk is broken");
                }
                return bytes[at++];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void daemon(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        // The client closed the connection, which is what several of these tests provoke.
                        return;
                    }
                },
                "one-answer");
        thread.setDaemon(true);
        thread.start();
    }
}
