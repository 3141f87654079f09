package io.mortar.gateway.request;

import akka.http.javadsl.model.HttpRequest;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;

/** A request, read as far as every feature needs it. */
public record GatewayRequest(String method, RequestTarget target, RequestHeaders headers, RequestBody body) {
    /** Reads {@code request}; refused with BAD_PATH when its target is not a path. */
    public static GatewayRequest of(HttpRequest request) {
        RequestHeaders headers = RequestHeaders.of(request);
        String target = headers.get(RequestHeaders.Name.RAW_REQUEST_URI);
        if (target == null) {
            throw new RefusedException(RefusalCode.INTERNAL, "the HTTP server did not hand over the request's target");
        }
        return new GatewayRequest(
                request.method().value(), RequestTarget.parse(target), headers, new RequestBody(request.entity()));
    }
}
