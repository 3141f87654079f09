package io.mortar.gateway.admin;

import akka.stream.Materializer;
import akka.stream.StreamLimitReachedException;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.mortar.client.stage.Stages;
import io.mortar.gateway.json.Json;
import io.mortar.gateway.problem.Failures;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Bodies of requests that must be JSON. */
final class JsonBodies {
    /** Far beyond a volume of the largest number of bricks. */
    static final int BODY_BYTES_MAX = 256 * 1024;

    private final Materializer materializer;

    JsonBodies(Materializer materializer) {
        this.materializer = materializer;
    }

    /**
     * Refuses a request that does not say that its body is JSON. A browser asks this server before it lets another site's page send
     * such a request, and is never allowed to: so nobody is made to change a pool by a page they visit.
     */
    static void requireJson(GatewayRequest request) {
        String type = request.body().entity().getContentType().mediaType().toString();
        if (!type.equals("application/json")) {
            throw new ProblemException(new Problem(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    request.method() + " with Content-Type '" + type
                            + "' is refused: say Content-Type: application/json"));
        }
    }

    /** The body as {@code type}; refused with BODY_TOO_LARGE or BAD_REQUEST. */
    <T> CompletionStage<T> read(GatewayRequest request, Class<T> type) {
        Optional<ByteString> arrived = request.body().arrived();
        if (arrived.isPresent()) {
            return CompletableFuture.completedStage(Json.read(checked(arrived.get()), type));
        }
        CompletionStage<ByteString> whole = request.body()
                .bytes()
                .limitWeighted(BODY_BYTES_MAX, bytes -> (long) bytes.size())
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer);
        return Stages.on(materializer.executionContext(), whole)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        Failures.cause(failure) instanceof StreamLimitReachedException ? tooLarge() : failure))
                .thenApply(text -> Json.read(text, type));
    }

    private static ByteString checked(ByteString text) {
        if (text.size() > BODY_BYTES_MAX) {
            throw tooLarge();
        }
        return text;
    }

    private static ProblemException tooLarge() {
        return new ProblemException(new Problem(
                413,
                "BODY_TOO_LARGE",
                "the request's JSON has more than " + BODY_BYTES_MAX + " bytes: it must be smaller"));
    }
}
