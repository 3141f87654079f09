package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.UrlPath;
import io.mortar.core.pool.BrickLocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Bricks of one volume that are being taken out, as its nodes describe them. */
final class LeavingBricks {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Session session;
    private final String volume;

    LeavingBricks(Session session, String volume) {
        this.session = session;
        this.volume = volume;
    }

    JsonNode describe() {
        return session.node().get("look at the volume '" + volume + "'", UrlPath.ofApi("volumes", volume));
    }

    /** Returns the volume when none of {@code bricks} is in it any more; fails when one of them is kept after all. */
    JsonNode await(List<BrickLocation> bricks) {
        Patience patience = new Patience(
                session.options().timeout(), "no node says any more which bricks are in the volume '" + volume + "'");
        while (true) {
            JsonNode described = patience.ask(this::describe);
            if (described != null && areOut(described, bricks)) {
                return described;
            }
            pause();
        }
    }

    private boolean areOut(JsonNode described, List<BrickLocation> bricks) {
        List<JsonNode> left = bricks.stream()
                .flatMap(brick -> find(described, brick).stream())
                .toList();
        for (JsonNode brick : left) {
            if (!isLeaving(brick)) {
                throw CommandFailedException.failed(brick.path("brick").asText() + " is kept in the volume '" + volume
                        + "': its removal was stopped");
            }
        }
        return left.isEmpty();
    }

    static Optional<JsonNode> find(JsonNode volume, BrickLocation brick) {
        return StreamSupport.stream(volume.path("bricks").spliterator(), false)
                .filter(b -> b.path("brick").asText().equals(brick.toString()))
                .findFirst();
    }

    static boolean isLeaving(JsonNode brick) {
        return brick.path("leaving").asBoolean();
    }

    private void pause() {
        Polling.pause(
                INTERVAL,
                "interrupted while bricks leave the volume '" + volume
                        + "'; that goes on, see 'mortar volume remove-brick " + volume + " status'");
    }
}
