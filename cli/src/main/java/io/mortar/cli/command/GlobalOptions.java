package io.mortar.cli.command;

import io.mortar.cli.failure.CommandFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class GlobalOptions {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
    private static final int HTTP_PORT = 8080;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as one line of JSON; errors go to standard error as JSON too.")
    private boolean json;

    @Option(
            names = "--node",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MORTAR_NODE:-http://127.0.0.1:8080}",
            description =
                    "HTTP address of any node of the pool: a URL or HOST[:PORT]. Default: $MORTAR_NODE, or http://127.0.0.1:8080.")
    private String node = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            defaultValue = "30s",
            description =
                    "How long to wait for an answer, and for a transfer that does not move: 500ms, 30s, 5m. Default: 30s.")
    private String timeout = "";

    boolean json() {
        return json;
    }

    URI node() {
        String text = node.contains("://") ? node : "http://" + node;
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            URI uri = URI.create(trimmed);
            boolean isHttp = "http".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getPath().isEmpty() && uri.getQuery() == null) {
                boolean withoutPort = uri.getPort() < 0 && !node.contains("://");
                return withoutPort ? URI.create(trimmed + ":" + HTTP_PORT) : uri;
            }
        } catch (IllegalArgumentException e) {
            throw badNode();
        }
        throw badNode();
    }

    Duration timeout() {
        return duration("--timeout", timeout);
    }

    /** The time that {@code text} says; a usage error about {@code option} if it says none. */
    static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || matcher.group(1).matches("0+")) {
            throw CommandFailedException.usage(option + " '" + text + "' is not a time such as 500ms, 30s or 5m");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private CommandFailedException badNode() {
        return CommandFailedException.usage(
                "--node '" + node + "' is not the HTTP address of a node, such as http://bt1:8080 or bt1:8080");
    }
}
