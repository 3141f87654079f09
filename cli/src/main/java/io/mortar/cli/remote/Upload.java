package io.mortar.cli.remote;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One whole-file write. Given up when no byte moves for the node's timeout; what was sent until then stays invisible, since the node
 * shows a file only when all of it arrived.
 */
final class Upload {
    private static final long LOOK_MILLIS = 200;

    private final NodeClient node;
    private final RemotePath path;
    private final Content content;
    private final String attempt;

    Upload(NodeClient node, RemotePath path, Content content) {
        this.node = node;
        this.path = path;
        this.content = content;
        this.attempt = "write " + path;
    }

    void run() {
        CompletableFuture<RawAnswer> answered = new CompletableFuture<>();
        try (PutExchange exchange = new PutExchange(node.base(), node.timeout())) {
            Thread sender = new Thread(() -> send(exchange, answered), "upload");
            sender.setDaemon(true);
            sender.start();
            RawAnswer answer = await(exchange, answered);
            if (answer.status() >= 300) {
                throw Problem.read(answer.status(), answer.headers(), answer.body())
                        .asFailure(attempt, node.base());
            }
        } catch (SourceFailedException e) {
            throw CommandFailedException.failed("cannot " + attempt + ": " + e.getMessage() + "\nNothing was written.");
        } catch (SocketTimeoutException e) {
            throw stalled();
        } catch (IOException e) {
            throw node.unreachable(attempt, e);
        } catch (InterruptedException e) {
            throw NodeClient.interrupted(attempt);
        }
    }

    private void send(PutExchange exchange, CompletableFuture<RawAnswer> answered) {
        try {
            answered.complete(exchange.run(path.url(), content));
        } catch (IOException | RuntimeException e) {
            answered.completeExceptionally(e);
        }
    }

    private RawAnswer await(PutExchange exchange, CompletableFuture<RawAnswer> answered)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return answered.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - exchange.movedNanos() > node.timeout().toNanos()) {
                    throw stalled();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failed) {
                    throw failed;
                }
                if (e.getCause() instanceof RuntimeException failed) {
                    throw failed;
                }
                throw new AssertionError("send throws nothing else", e);
            }
        }
    }

    private CommandFailedException stalled() {
        return CommandFailedException.incomplete(
                "cannot " + attempt + ": " + node.base() + " took no byte and gave no answer for "
                        + node.timeout().toSeconds()
                        + " s; whether the file is there is not known.\nSee 'mortar pool status', or wait longer with --timeout.");
    }
}
