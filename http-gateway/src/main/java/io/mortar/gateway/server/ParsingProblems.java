package io.mortar.gateway.server;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemResponses;
import java.util.Map;

/** Answers what is not even HTTP, as a problem like every other. Akka HTTP finds it by its name and its field. */
public final class ParsingProblems extends ParsingErrorHandler {
    /** Where Akka HTTP looks for the instance. */
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        String code = switch (status.intValue()) {
            case 414 -> "URI_TOO_LONG";
            case 431 -> "HEADERS_TOO_LARGE";
            case 501 -> "METHOD_NOT_ALLOWED";
            default -> info.summary().contains("request-target") ? "BAD_PATH" : "BAD_REQUEST";
        };
        return ProblemResponses.of(new Problem(status.intValue(), code, info.summary()), Map.of());
    }
}
