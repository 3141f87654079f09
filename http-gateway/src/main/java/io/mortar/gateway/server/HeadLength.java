package io.mortar.gateway.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.ModeledCustomHeader;
import java.util.OptionalLong;

/**
 * The {@code Content-Length} of an answer to HEAD. Akka HTTP 10.5 leaves it out (akka/akka-http#4481), although it is what HEAD is
 * mostly asked for.
 */
final class HeadLength extends ModeledCustomHeader {
    private HeadLength(long sizeBytes) {
        super("Content-Length", Long.toString(sizeBytes));
    }

    /** {@code response} to HEAD with the length that GET would have. */
    static HttpResponse addedTo(HttpResponse response) {
        int status = response.status().intValue();
        OptionalLong sizeBytes = response.entity().getContentLengthOption();
        return status == 204 || status == 304 || sizeBytes.isEmpty()
                ? response
                : response.addHeader(new HeadLength(sizeBytes.getAsLong()));
    }

    @Override
    public boolean renderInRequests() {
        return false;
    }

    @Override
    public boolean renderInResponses() {
        return true;
    }
}
