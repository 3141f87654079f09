package io.mortar.node.brick;

import io.mortar.core.pool.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether two nodes run on one kernel, and so mean the same file system by the same device number. */
final class MachineId {
    private static final Logger LOG = LoggerFactory.getLogger(MachineId.class);

    private MachineId() {}

    /** The kernel's, new with every boot; the node's name where the kernel has none, so that nothing is taken for shared. */
    static String ofThisMachine(NodeName node) {
        return read(Path.of("/proc/sys/kernel/random/boot_id"), node);
    }

    static String read(Path bootId, NodeName node) {
        try {
            return Files.readString(bootId).trim();
        } catch (IOException e) {
            LOG.warn("room shared with other nodes on this machine is not recognised: {} cannot be read", bootId, e);
            return node.value();
        }
    }
}
