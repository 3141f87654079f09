package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks again and again how far something is that goes on in the pool by itself, also while nobody can tell, such as when the leader changes. */
final class Patience {
    /** With these a node says that it cannot tell now. */
    private static final Set<String> PASSING = Set.of(
            NodeClient.UNREACHABLE, "METADATA_UNAVAILABLE", "OVERLOADED", "TIMED_OUT", "INCOMPLETE", "NOT_READY");

    private final Duration limit;
    private final String whenMute;
    private long answered = System.nanoTime();

    /**
     * @param limit without an answer, after which it gives up
     * @param whenMute is said then, before the reason
     */
    Patience(Duration limit, String whenMute) {
        this.limit = limit;
        this.whenMute = whenMute;
    }

    /** The answer; null if there is none now, or only what one node knows. */
    @Nullable
    JsonNode ask(Supplier<JsonNode> question) {
        try {
            JsonNode answer = question.get();
            if (!answer.path("partial").asBoolean()) {
                answered = System.nanoTime();
                return answer;
            }
            refuse("only a part of the answer is known");
        } catch (CommandFailedException e) {
            if (!PASSING.contains(e.code())) {
                throw e;
            }
            refuse(e.text());
        }
        return null;
    }

    private void refuse(String reason) {
        if (System.nanoTime() - answered >= limit.toNanos()) {
            throw CommandFailedException.incomplete(whenMute + ": " + reason);
        }
    }
}
