package io.mortar.cli.command;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that a node of this machine runs as, by the file that it writes its identity to. */
final class NodeUser {
    private NodeUser() {}

    /**
     * Throws {@link CommandFailedException} when the node of {@code dataDirectory} runs as another user than {@code uid}: even to look into
     * its stores writes files, which the node could not use afterwards. Does nothing when there is no node.
     *
     * @param command that is to be run as the other user
     */
    static void require(Path dataDirectory, long uid, String command) {
        Path identity = dataDirectory.resolve("node.json");
        if (!Files.exists(identity)) {
            return;
        }
        try {
            int owner = (int) Files.getAttribute(identity, "unix:uid");
            if (owner != uid) {
                String name = Files.getOwner(identity).getName();
                throw CommandFailedException.failed("the node of " + dataDirectory + " runs as user " + name
                        + ", to whom its files belong; what another user writes there it could not use afterwards. Nothing"
                        + " was opened. Run: sudo -u "
                        + (name.equals(Integer.toString(owner)) ? "'#" + name + "'" : name)
                        + " " + command);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot tell to whom " + identity + " belongs: " + e);
        }
    }
}
