package io.mortar.cli.remote;

/**
 * A name in a volume.
 *
 * @param etag of a file's content; empty for a directory
 * @param modified ISO-8601 in UTC
 */
public record RemoteEntry(String name, boolean directory, long sizeBytes, String modified, String etag) {}
