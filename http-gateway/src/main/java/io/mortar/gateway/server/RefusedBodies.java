package io.mortar.gateway.server;

import akka.Done;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import io.mortar.client.stage.Stages;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What becomes of the body of a request that was answered without it, as refusals are. A client may be sending it all the while and
 * read the answer only afterwards, and on one connection the next request begins where the body ends. So a small rest is read and
 * thrown away before the answer is given; for a large one the connection is closed after the answer.
 */
final class RefusedBodies {
    private final long bytesMax;
    private final Duration timeMax;
    private final Materializer materializer;

    RefusedBodies(GatewaySettings settings, Materializer materializer) {
        this.bytesMax = settings.refusedBodyBytesMax();
        this.timeMax = settings.refusedBodyTimeMax();
        this.materializer = materializer;
    }

    /** {@code response}, at once or after the body was read as far as it is going to be. */
    CompletionStage<HttpResponse> readBefore(HttpResponse response, GatewayRequest request) {
        // A client that waits for 100 Continue has not begun to send; reading would make it begin.
        if (!request.body().isUnread() || request.headers().has(Name.EXPECT)) {
            return CompletableFuture.completedStage(response);
        }
        CompletionStage<Done> read = request.body()
                .bytes()
                .limitWeighted(bytesMax, bytes -> (long) bytes.size())
                .completionTimeout(timeMax)
                .runWith(Sink.ignore(), materializer);
        return Stages.on(materializer.executionContext(), read).handle((done, failure) -> response);
    }
}
