package io.mortar.node.job;

import akka.actor.typed.Behavior;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.brick.BrickProtocol;
import org.jspecify.annotations.Nullable;

/** Verifies all chunks of one volume now and then, and when a user starts it. {@link ScrubLoop} decides. */
public final class ScrubEngine {
    private ScrubEngine() {}

    /** To be spawned when the coordinator has recovered, on a dispatcher for blocking work. */
    public static Behavior<JobActor.Command> create(ScrubHome home) {
        return JobActor.<ScrubLoop>create(
                home, actor -> new ScrubLoop(home, home.scrubSettings(), new Hands(actor, home)));
    }

    private static final class Hands extends JobActor.Hands<ScrubLoop> implements ScrubLoop.Effects {
        private final ScrubHome home;

        Hands(JobActor<ScrubLoop> actor, ScrubHome home) {
            super(actor, home);
            this.home = home;
        }

        @Override
        public void verify(ScrubVisit.Request request) {
            actor().whenDone(
                            home.ask(
                                    request.brick(),
                                    replyTo -> new BrickProtocol.VerifyChunks(
                                            1, request.version(), request.indexes(), request.sizes(), replyTo)),
                            reply -> loop().verified(request, verified(reply)));
        }

        private static ScrubLoop.@Nullable Verified verified(BrickProtocol.@Nullable Reply reply) {
            return reply instanceof BrickProtocol.ChunksVerified found
                    ? new ScrubLoop.Verified(found.missing(), found.corrupt(), found.verifiedBytes())
                    : null;
        }

        @Override
        public void list(BrickId brick, String cursor, int limit) {
            actor().whenDone(
                            home.ask(
                                    brick,
                                    replyTo -> new BrickProtocol.ListVersions(
                                            1, home.context().volume(), cursor, limit, replyTo)),
                            reply -> listed(brick, reply));
        }

        private void listed(BrickId brick, BrickProtocol.@Nullable Reply reply) {
            if (reply instanceof BrickProtocol.VersionsListed page) {
                loop().listed(brick, page.versions(), page.next());
            } else {
                loop().listed(brick, null, "");
            }
        }
    }
}
