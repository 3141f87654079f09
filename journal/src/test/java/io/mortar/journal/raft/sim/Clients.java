package io.mortar.journal.raft.sim;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes and reads at whoever believes to be the leader. */
final class Clients {
    private final Cluster cluster;
    private final RandomGenerator random;
    private long written;
    private boolean over;

    Clients(Cluster cluster) {
        this.cluster = cluster;
        random = cluster.random;
    }

    void begin() {
        cluster.timeline.after(1 + random.nextInt(120), () -> {
            if (!over) {
                act();
                begin();
            }
        });
    }

    void end() {
        over = true;
    }

    private void act() {
        List<SimNode> leaders = cluster.nodes().stream()
                .filter(SimNode::isLeader)
                .filter(node -> !node.isPaused())
                .toList();
        if (leaders.isEmpty()) {
            return;
        }
        SimNode leader = leaders.get(random.nextInt(leaders.size()));
        int burst = random.nextInt(10) == 0 ? 1 + random.nextInt(30) : 1;
        for (int i = 0; i < burst; i++) {
            if (random.nextInt(3) == 0) {
                leader.read();
            } else {
                leader.propose(payload());
            }
        }
        if (random.nextInt(4) > 0) {
            leader.flush();
        }
    }

    private byte[] payload() {
        return ByteBuffer.allocate(8 + random.nextInt(60)).putLong(written++).array();
    }
}
