package io.mortar.benchmarks.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code GET /api/v1/volumes/V} and {@code GET /api/v1/volumes/V/heal} tell about a volume.
 *
 * @param bricks of the volume
 * @param bricksNotOnline bricks whose health is another than ONLINE
 * @param filesLeft files of which a brick lacks chunks, summed over the bricks
 * @param copiedBytes by healing, since the present leader began
 * @param healing the second answer as it is, for messages
 */
public record VolumeHealth(int bricks, int bricksNotOnline, long filesLeft, long copiedBytes, String healing) {
    private static final Pattern HEALTH = Pattern.compile("\"health\"\\s*:\\s*\"(\\w+)\"");
    /** The volume's own is the first. */
    private static final Pattern FILES_LEFT = Pattern.compile("\"filesLeft\"\\s*:\\s*(\\d+)");

    private static final Pattern COPIED_BYTES = Pattern.compile("\"copiedBytes\"\\s*:\\s*(\\d+)");

    static VolumeHealth parse(String volume, String healing) {
        int bricks = 0;
        int online = 0;
        Matcher health = HEALTH.matcher(volume);
        while (health.find()) {
            bricks++;
            online += "ONLINE".equals(health.group(1)) ? 1 : 0;
        }
        Matcher left = FILES_LEFT.matcher(healing);
        if (bricks == 0 || !left.find()) {
            throw new IllegalArgumentException("no health of bricks in " + volume + ", or no files left in " + healing);
        }
        long copiedBytes = 0;
        Matcher copied = COPIED_BYTES.matcher(healing);
        while (copied.find()) {
            copiedBytes += Long.parseLong(copied.group(1));
        }
        return new VolumeHealth(bricks, bricks - online, Long.parseLong(left.group(1)), copiedBytes, healing);
    }

    public boolean isWhole() {
        return bricksNotOnline == 0 && filesLeft == 0;
    }
}
