package io.mortar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.OptionalLong;

/**
 * A refusal as a node sends it (RFC 9457), or what can be made of an answer that is none.
 *
 * @param code stable code, {@code HTTP_404} when the answer had none
 * @param id of the log entry of an internal error, or empty
 */
record Problem(int status, String code, String detail, String id, OptionalLong retryAfterSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Problem of(HttpResponse<byte[]> response) {
        return read(response.statusCode(), response.headers(), response.body());
    }

    static Problem read(int status, HttpHeaders headers, byte[] body) {
        OptionalLong retryAfter;
        try {
            retryAfter = headers.firstValueAsLong("Retry-After");
        } catch (NumberFormatException e) {
            retryAfter = OptionalLong.empty();
        }
        JsonNode problem = parse(body);
        String detail = problem.path("detail").asText(problem.path("title").asText(""));
        return new Problem(
                status,
                problem.path("code").asText("HTTP_" + status),
                detail.isEmpty() ? "answered with HTTP status " + status : detail,
                problem.path("id").asText(""),
                retryAfter);
    }

    CommandFailedException asFailure(String attempt, URI node) {
        StringBuilder text =
                new StringBuilder("cannot ").append(attempt).append(": ").append(detail);
        if (!id.isEmpty()) {
            text.append("\nThe log of the node at ")
                    .append(node)
                    .append(" says more: look for ")
                    .append(id)
                    .append('.');
        }
        if (retryAfterSeconds.isPresent()) {
            text.append("\nThis may pass: try again in ")
                    .append(retryAfterSeconds.getAsLong())
                    .append(" s.");
        }
        boolean unknown = code.equals("TIMED_OUT") || status == 504;
        return new CommandFailedException(unknown ? ExitCode.INCOMPLETE : ExitCode.FAILED, code, text.toString());
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode read = JSON.readTree(bytes);
            return read.isObject() ? read : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
