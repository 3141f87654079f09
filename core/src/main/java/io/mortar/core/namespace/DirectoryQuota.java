package io.mortar.core.namespace;

/**
 * A quota, as users see it. It belongs to the directory: it goes where that is moved, and ends when that is removed.
 *
 * @param path of the directory; may be longer than paths that are accepted, after moves above it
 * @param bytesMax sum of the sizes of all files below the directory that it may hold; -1 for any
 * @param entriesMax files and directories below the directory that it may hold; -1 for any
 * @param usedBytes what it holds; may be above the limit if that was set later. What was removed recursively counts until it is taken
 *     apart
 */
public record DirectoryQuota(String path, long bytesMax, long entriesMax, long usedBytes, long usedEntries) {}
