package io.mortar.node.brick;

import io.mortar.node.brick.store.DirectBuffers;
import io.mortar.node.brick.store.Disk;
import io.mortar.node.brick.store.LocalDisk;
import java.time.Clock;

/** What bricks use of the machine; tests bring their own. */
record Hardware(Disk disk, MountTable mounts, DirectBuffers buffers, Clock clock) {
    static Hardware ofThisMachine() {
        return new Hardware(new LocalDisk(), MountTable.ofThisProcess(), new DirectBuffers(), Clock.systemUTC());
    }
}
