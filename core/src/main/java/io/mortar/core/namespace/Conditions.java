package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9110, section 13.2.2. As that asks, conditions are looked at after everything else that would refuse the request. Comparison of
 * tags is strong; a directory exists but has no tag.
 */
final class Conditions {
    private static final long SECOND_MILLIS = 1000;

    private Conditions() {}

    /** The refusal if {@code condition} does not hold of {@code target}, else null. */
    static @Nullable Refusal check(
            WriteCondition condition, VolumeId volume, VolumePath path, @Nullable DentryRow target) {
        String found = target == null
                ? "it does not exist"
                : target.directory() ? "it is a directory" : "its tag is " + tag(volume, target);
        if (condition.ifExists() && target == null) {
            return refuse(path, "it was asked to exist (If-Match: *)", found);
        }
        if (!condition.ifMatch().isEmpty() && !hasOneOf(condition.ifMatch(), volume, target)) {
            return refuse(path, "it was asked to have one of the tags " + condition.ifMatch() + " (If-Match)", found);
        }
        boolean hasIfMatch = condition.ifExists() || !condition.ifMatch().isEmpty();
        if (!hasIfMatch && target != null && isNewer(target, condition.unmodifiedSinceMillis())) {
            return refuse(
                    path, "it was asked not to be newer (If-Unmodified-Since)", "it was modified after that time");
        }
        if (condition.ifAbsent() && target != null) {
            return refuse(path, "it was asked not to exist (If-None-Match: *)", found);
        }
        if (hasOneOf(condition.ifNoneMatch(), volume, target)) {
            return refuse(
                    path, "it was asked not to have the tags " + condition.ifNoneMatch() + " (If-None-Match)", found);
        }
        return null;
    }

    private static boolean isNewer(DentryRow target, long sinceMillis) {
        return sinceMillis >= 0
                && Math.floorDiv(target.modifiedMillis(), SECOND_MILLIS) > Math.floorDiv(sinceMillis, SECOND_MILLIS);
    }

    private static boolean hasOneOf(List<ETag> tags, VolumeId volume, @Nullable DentryRow target) {
        return target != null && !target.directory() && tags.contains(tag(volume, target));
    }

    private static ETag tag(VolumeId volume, DentryRow file) {
        return ETag.of(new FileVersion(volume, file.inode(), file.generation()));
    }

    private static Refusal refuse(VolumePath path, String asked, String found) {
        return new Refusal(
                RefusalCode.PRECONDITION_FAILED,
                "'" + path + "' was not changed: " + asked + ", but " + found + "; look it up again and decide anew");
    }
}
