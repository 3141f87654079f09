package io.mortar.gateway.problem;

import java.util.Map;

/** Carries a {@link Problem} to the place that answers; has no stack trace, since it is an answer and not a bug. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** @param headers that the answer must have, such as {@code Allow} */
    public ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    /** Refuses a method; {@code allow} lists those that there are. */
    public static ProblemException methodNotAllowed(String method, String allow) {
        return new ProblemException(
                new Problem(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "method " + method + " is not supported here: this address supports " + allow),
                Map.of("Allow", allow));
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
