package io.mortar.gateway.request;

import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/** Answers the requests below one prefix. May throw or fail with a refusal; the router turns it into a problem. Called by many threads. */
@FunctionalInterface
public interface Handler {
    CompletionStage<HttpResponse> handle(GatewayRequest request);
}
