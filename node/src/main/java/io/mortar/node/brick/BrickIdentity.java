package io.mortar.node.brick;

/**
 * What a brick is, as recorded in its directory and in the node's journal.
 *
 * @param mountPoint where the file system is mounted that holds the directory
 * @param fileSystem its type, such as {@code ext4}
 */
record BrickIdentity(BrickPlan plan, String mountPoint, String fileSystem) {}
