package io.mortar.cli.remote;

import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;

/** A file or directory of a volume, written {@code VOL:/path}; {@code VOL:} and {@code VOL:/} are the root. */
public record RemotePath(VolumeName volume, VolumePath path) {
    /** Whether {@code text} is meant to be one; {@code ./a:/b} never is, so local names with a colon can be written like that. */
    public static boolean isRemote(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && VolumeName.isValid(text.substring(0, colon))
                && (colon == text.length() - 1 || text.charAt(colon + 1) == '/');
    }

    /** Parses {@code VOL:/path}; throws {@link IllegalArgumentException} with a text for the user. */
    public static RemotePath parse(String text) {
        if (!isRemote(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not of the form VOL:/path, such as bt-vol:/photos/1.jpg");
        }
        int colon = text.indexOf(':');
        try {
            return new RemotePath(
                    new VolumeName(text.substring(0, colon)), VolumePath.parse(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    public RemotePath child(String name) {
        return new RemotePath(volume, path.child(name));
    }

    /** @param names below this directory, with slashes between them */
    public RemotePath descendant(String names) {
        RemotePath inside = this;
        for (String name : names.split("/")) {
            inside = inside.child(name);
        }
        return inside;
    }

    /** Path part of the URL. */
    public String url() {
        return UrlPath.ofFile(volume, path);
    }

    @Override
    public String toString() {
        return volume + ":" + path;
    }
}
