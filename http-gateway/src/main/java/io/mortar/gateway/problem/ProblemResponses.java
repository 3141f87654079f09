package io.mortar.gateway.problem;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.json.Json;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for whatever went wrong, as {@code application/problem+json}. */
public final class ProblemResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);
    private static final ContentType PROBLEM_JSON = ContentTypes.parse("application/problem+json");
    private static final int RETRY_AFTER_SECONDS = 2;

    private ProblemResponses() {}

    /**
     * The answer for {@code failure}, whatever future it came through. Anything that is not a refusal is a bug: it is logged with an
     * id, and the id is all that the client is told.
     */
    public static HttpResponse of(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ProblemException e) {
            return of(e.problem(), e.headers());
        }
        if (cause instanceof RefusedException e) {
            return of(e.refusal());
        }
        String id = newId();
        LOG.error("request failed: id={}", id, cause);
        return render(
                Problem.of(RefusalCode.INTERNAL, "the request failed: see the node's log for id " + id), id, Map.of());
    }

    /** The answer for {@code problem}, with {@code headers} besides those that every problem has. */
    public static HttpResponse of(Problem problem, Map<String, String> headers) {
        if (problem.status() != 500) {
            return render(problem, null, headers);
        }
        String id = newId();
        LOG.error("request failed: id={} code={} detail={}", id, problem.code(), problem.detail());
        return render(problem, id, headers);
    }

    private static HttpResponse of(Refusal refusal) {
        return of(Problem.of(refusal), Map.of());
    }

    private static HttpResponse render(Problem problem, @Nullable String id, Map<String, String> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", StatusCodes.get(problem.status()).reason());
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", problem.detail());
        if (id != null) {
            body.put("id", id);
        }
        HttpResponse response = HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(HttpEntities.create(PROBLEM_JSON, Json.write(body)))
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
        }
        return problem.status() == 503
                ? response.addHeader(RawHeader.create("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)))
                : response;
    }

    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
