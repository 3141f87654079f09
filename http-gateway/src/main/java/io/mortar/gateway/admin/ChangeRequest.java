package io.mortar.gateway.admin;

import akka.actor.typed.ActorRef;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickState;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.ChangeAllowed;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.ShapeChange;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A change of what a volume is made of, that can be planned.
 *
 * @param message asks the registry for it
 * @param proposal what is to be planned if the registry allows it, with the bricks that are coming
 * @param attempt begins a text that says that nothing was done
 */
record ChangeRequest(
        VolumeName volume,
        Function<ActorRef<Reply>, ShapeChange> message,
        BiFunction<ChangeAllowed, List<BrickState>, ProposedChange> proposal,
        String attempt) {

    static ChangeRequest add(VolumeName volume, List<BrickLocation> bricks) {
        return new ChangeRequest(
                volume,
                replyTo -> new RegistryProtocol.AddBricks(volume, bricks, replyTo),
                (allowed, coming) -> new ProposedChange.AddBricks(coming),
                "no brick was added to volume '" + volume + "'");
    }

    static ChangeRequest remove(VolumeName volume, List<BrickLocation> bricks) {
        return new ChangeRequest(
                volume,
                replyTo -> new RegistryProtocol.RemoveBricks(volume, bricks, replyTo),
                (allowed, coming) -> new ProposedChange.RemoveBricks(allowed.leaving()),
                "no brick of volume '" + volume + "' was removed");
    }

    static ChangeRequest replace(VolumeName volume, ReplaceBrickJson.Checked bricks) {
        return new ChangeRequest(
                volume,
                replyTo -> new RegistryProtocol.ReplaceBrick(volume, bricks.old(), bricks.next(), replyTo),
                ChangeRequest::replacement,
                "brick " + bricks.old() + " of volume '" + volume + "' was not replaced");
    }

    /** One that is under way already is a removal with a successor. */
    private static ProposedChange replacement(ChangeAllowed allowed, List<BrickState> coming) {
        BrickId replaced = allowed.replaced();
        return replaced == null || coming.isEmpty()
                ? new ProposedChange.RemoveBricks(allowed.leaving())
                : new ProposedChange.ReplaceBrick(replaced, coming.get(0));
    }

    static ChangeRequest replica(VolumeName volume, int count) {
        return new ChangeRequest(
                volume,
                replyTo -> new RegistryProtocol.SetReplica(volume, count, replyTo),
                (allowed, coming) -> new ProposedChange.SetReplica(count),
                "the number of replicas of volume '" + volume + "' was not changed");
    }
}
