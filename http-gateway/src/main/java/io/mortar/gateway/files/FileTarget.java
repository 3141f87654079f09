package io.mortar.gateway.files;

import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.request.RequestTarget;
import java.util.List;

/**
 * The file or directory that an address under {@code /files/} names.
 *
 * @param directoryMeant whether the address ends in a slash: then a file is not what it names
 */
record FileTarget(VolumeName volume, VolumePath path, boolean directoryMeant) {
    static final String PREFIX = "/files/";

    /** Refused with BAD_PATH, VOLUME_NOT_FOUND (a name that no volume can have), or NOT_FOUND without a volume. */
    static FileTarget of(RequestTarget target) {
        List<String> segments = target.segmentsAfter(PREFIX);
        if (segments.isEmpty()) {
            throw new RefusedException(
                    RefusalCode.NOT_FOUND, "no volume is named: files are at " + PREFIX + "VOLUME/PATH");
        }
        String volume = segments.get(0);
        if (!VolumeName.isValid(volume)) {
            throw new RefusedException(
                    RefusalCode.VOLUME_NOT_FOUND, "there is no volume '" + volume + "': see 'mortar volume list'");
        }
        try {
            return new FileTarget(
                    new VolumeName(volume),
                    new VolumePath(segments.subList(1, segments.size())),
                    target.endsWithSlash() || segments.size() == 1);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.BAD_PATH, "the path is refused: " + e.getMessage());
        }
    }

    /** As the command line writes it. */
    @Override
    public String toString() {
        return volume + ":" + path;
    }
}
