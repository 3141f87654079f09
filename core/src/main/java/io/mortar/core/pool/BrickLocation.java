package io.mortar.core.pool;

/**
 * Where a brick is, written {@code bt1:/srv/brick}.
 *
 * @param node the node that owns the directory
 * @param directory absolute path on that node, without a trailing slash
 */
public record BrickLocation(NodeName node, String directory) {
    public BrickLocation {
        if (!directory.startsWith("/") || directory.length() < 2 || directory.endsWith("/")) {
            throw new IllegalArgumentException("brick directory '" + directory + "' is not an absolute path");
        }
    }

    /** Parses {@code node:/absolute/path}; throws {@link IllegalArgumentException} with a text for the user. */
    public static BrickLocation parse(String text) {
        int colon = text.indexOf(":/");
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "brick '" + text + "' is not of the form NODE:/absolute/path, such as bt1:/srv/brick");
        }
        String directory = text.substring(colon + 1);
        while (directory.length() > 1 && directory.endsWith("/")) {
            directory = directory.substring(0, directory.length() - 1);
        }
        return new BrickLocation(new NodeName(text.substring(0, colon)), directory);
    }

    @Override
    public String toString() {
        return node + ":" + directory;
    }
}
