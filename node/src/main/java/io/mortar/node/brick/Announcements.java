package io.mortar.node.brick;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.node.brick.KeeperMessage.BrickReported;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.Announcement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node says about its bricks. Which of them share a file system is announced with them: bricks of other nodes may, too. For one thread. */
final class Announcements {
    private final NodeName node;
    private final String machine;
    private final Map<BrickId, BrickReported> reports = new HashMap<>();

    /** @param machine tells machines apart, since they number their devices alike */
    Announcements(NodeName node, String machine) {
        this.node = node;
        this.machine = machine;
    }

    /** Returns whether others should know at once: the brick is new or its health changed. */
    boolean report(BrickReported report) {
        BrickReported before = reports.put(report.brick(), report);
        return before == null
                || before.health() != report.health()
                || !before.reason().equals(report.reason());
    }

    void forget(BrickId brick) {
        reports.remove(brick);
    }

    Optional<BrickReported> reportOf(BrickId brick) {
        return Optional.ofNullable(reports.get(brick));
    }

    /** The brick's capacity, as one of those of this node: for who asked for it before it is announced. */
    BrickCapacity capacityOf(BrickReported report) {
        long sharing = reports.values().stream()
                .filter(r -> !r.device().isEmpty() && r.device().equals(report.device()))
                .count();
        return report.capacity().sharedBy(Math.toIntExact(sharing));
    }

    /** Room that is no brick's yet, on its file system. */
    BrickCapacity named(BrickPreparation.Survey survey) {
        return survey.capacity().on(machine + "/" + survey.device());
    }

    /** All bricks that have reported and are not being released. */
    List<Announcement.Brick> all(BrickList bricks, BrickActors actors) {
        List<Announcement.Brick> all = new ArrayList<>();
        for (BrickEntry entry : bricks.entries().values()) {
            BrickReported report = reports.get(entry.plan().brick());
            ActorRef<Object> actor = actors.find(entry.plan().brick()).orElse(null);
            if (report != null && actor != null && !(entry instanceof BrickEntry.Releasing)) {
                all.add(brick(entry.plan(), report, actor.narrow()));
            }
        }
        return all;
    }

    private Announcement.Brick brick(BrickPlan plan, BrickReported report, ActorRef<BrickProtocol.Request> actor) {
        boolean unusable = report.health() == BrickHealth.QUARANTINED;
        return new Announcement.Brick(
                plan.brick(),
                plan.volume(),
                new BrickLocation(node, plan.directory()),
                report.health(),
                report.reason(),
                unusable || report.device().isEmpty()
                        ? report.capacity()
                        : report.capacity().on(machine + "/" + report.device()),
                actor);
    }
}
