package io.mortar.node.topology;

import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.Announcement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Gives each brick its part of a file system that it shares with others, of its own node or of another one on the same machine. */
final class SharedRoom {
    private final Map<String, Integer> brickCounts = new HashMap<>();

    SharedRoom(Collection<Announcement> announcements) {
        for (Announcement announcement : announcements) {
            for (Announcement.Brick brick : announcement.bricks()) {
                brickCounts.merge(brick.capacity().fileSystem(), 1, Integer::sum);
            }
        }
    }

    Announcement.Brick share(Announcement.Brick brick) {
        BrickCapacity capacity = brick.capacity();
        if (capacity.fileSystem().isEmpty()) {
            return brick;
        }
        return new Announcement.Brick(
                brick.id(),
                brick.volume(),
                brick.location(),
                brick.health(),
                brick.reason(),
                capacity.sharedBy(brickCounts.getOrDefault(capacity.fileSystem(), 1)),
                brick.actor());
    }
}
