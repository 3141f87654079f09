package io.mortar.core.namespace;

import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;

/** Refusals that several rules share. {@code attempt} reads on after "cannot", as in "write to '/a'". */
final class Refusals {
    private Refusals() {}

    static Refusal blocked(String attempt, Place place) {
        return new Refusal(
                RefusalCode.NOT_A_DIRECTORY,
                "cannot " + attempt + ": '" + place.obstacle() + "' is a file; choose another path");
    }

    static Refusal parentMissing(String attempt, Place place) {
        return new Refusal(
                RefusalCode.NOT_FOUND,
                "cannot " + attempt + ": directory '" + place.obstacle() + "' does not exist; make it first");
    }

    static Refusal notFound(VolumePath path) {
        return new Refusal(
                RefusalCode.NOT_FOUND, "'" + path + "' does not exist; list '" + above(path) + "' to see what does");
    }

    static Refusal isDirectory(String attempt, VolumePath path) {
        return new Refusal(
                RefusalCode.IS_A_DIRECTORY,
                "cannot " + attempt + ": '" + path + "' is a directory; choose another name or remove it first");
    }

    static Refusal notEmpty(String attempt, VolumePath path) {
        return new Refusal(
                RefusalCode.DIRECTORY_NOT_EMPTY,
                "cannot " + attempt + ": directory '" + path
                        + "' is not empty; remove what is in it, or it recursively");
    }

    private static VolumePath above(VolumePath path) {
        return path.isRoot() ? path : path.parent();
    }
}
