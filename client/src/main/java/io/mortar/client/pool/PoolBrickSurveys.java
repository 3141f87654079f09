package io.mortar.client.pool;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.client.stage.Stages;
import io.mortar.core.layout.BrickState;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickChecked;
import io.mortar.protocol.brick.BrickAdminProtocol.CheckBrick;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.ComingBrick;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the keepers of the nodes' bricks over the cluster. */
public final class PoolBrickSurveys implements BrickSurveys {
    /** A node that is up looks at a directory within milliseconds; one that is down should not hold the answer up. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(4);

    private final ActorSystem<?> system;
    private final TopologyView topology;

    public PoolBrickSurveys(ActorSystem<?> system, TopologyView topology) {
        this.system = system;
        this.topology = topology;
    }

    @Override
    public CompletionStage<List<BrickState>> survey(RegistryProtocol.ChangeAllowed allowed) {
        PoolTopology current = topology.current();
        PoolId pool = current.pool();
        if (pool == null) {
            return CompletableFuture.failedStage(MetadataNode.unreachable(current));
        }
        CompletionStage<List<BrickCapacity>> rooms = CompletableFuture.completedStage(new ArrayList<>());
        for (ComingBrick brick : allowed.coming()) {
            rooms = rooms.thenCombine(check(pool, allowed.volume(), brick, current), (found, room) -> {
                found.add(room);
                return found;
            });
        }
        return rooms.thenApply(found -> states(allowed.coming(), found, current));
    }

    private CompletionStage<BrickCapacity> check(
            PoolId pool, VolumeId volume, ComingBrick brick, PoolTopology current) {
        Optional<PoolTopology.Node> node = current.node(brick.location().node());
        if (node.isEmpty()) {
            return CompletableFuture.failedStage(unanswered(brick));
        }
        CompletionStage<BrickAdminProtocol.Reply> asked = Stages.on(
                system.executionContext(),
                AskPattern.ask(
                        node.get().bricks(),
                        replyTo -> new CheckBrick(
                                pool, volume, brick.id(), brick.location().directory(), replyTo),
                        ANSWER_MAX,
                        system.scheduler()));
        return asked.handle((reply, failure) -> {
            if (reply instanceof BrickChecked checked) {
                return checked.capacity();
            }
            if (reply instanceof BrickAdminRefused refused) {
                Refusal refusal = refused.refusal();
                throw new RefusedException(refusal.code(), "brick " + brick.location() + ": " + refusal.text());
            }
            throw unanswered(brick);
        });
    }

    private static RefusedException unanswered(ComingBrick brick) {
        return new RefusedException(
                RefusalCode.BRICK_DOWN,
                "brick " + brick.location() + ": node '" + brick.location().node()
                        + "' did not say what room there is; check it with 'mortar pool status' and try again");
    }

    /** Each gets its part of a file system that others of them, or bricks that are there, are on. */
    private static List<BrickState> states(List<ComingBrick> coming, List<BrickCapacity> rooms, PoolTopology current) {
        List<BrickState> states = new ArrayList<>();
        for (int i = 0; i < coming.size(); i++) {
            ComingBrick brick = coming.get(i);
            BrickCapacity room = rooms.get(i);
            long sharing = rooms.stream().filter(other -> isSame(room, other)).count()
                    + current.bricks().values().stream()
                            .filter(there -> !coming.contains(new ComingBrick(
                                    there.announced().id(), there.announced().location())))
                            .filter(there -> isSame(room, there.announced().capacity()))
                            .count();
            states.add(new BrickState(
                    brick.id(),
                    brick.location(),
                    true,
                    room.sharedBy(Math.toIntExact(sharing)).freeBytes()));
        }
        return states;
    }

    private static boolean isSame(BrickCapacity room, BrickCapacity other) {
        return !room.fileSystem().isEmpty() && room.fileSystem().equals(other.fileSystem());
    }
}
