package io.mortar.core.job;

/**
 * An item that failed.
 *
 * @param inode number of the file
 * @param path where the file is now; empty if it is gone
 */
public record JobFailure(long inode, String path, String reason, long failedMillis) {}
