package io.mortar.node.job;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.brick.BrickProtocol;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A volume and those whom a scrub asks. Safe for use by several threads. */
public interface ScrubHome extends JobHome {
    /** Asks a brick; fails when it cannot be reached or does not answer in time. */
    CompletionStage<BrickProtocol.Reply> ask(
            BrickId brick, Function<ActorRef<BrickProtocol.Reply>, BrickProtocol.Request> request);

    ScrubSettings scrubSettings();
}
