package io.mortar.benchmarks.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code GET /api/v1/volumes/V} and {@code GET /api/v1/volumes/V/heal} tell about a volume.
 *
 * @param bricksNotOnline bricks whose health is another than ONLINE
 * @param filesLeft files of which a brick lacks chunks, summed over the bricks
 * @param healing the second answer as it is, for messages
 */
public record VolumeHealth(int bricksNotOnline, long filesLeft, String healing) {
    private static final Pattern HEALTH = Pattern.compile("\"health\"\\s*:\\s*\"(\\w+)\"");
    /** The volume's own is the first. */
    private static final Pattern FILES_LEFT = Pattern.compile("\"filesLeft\"\\s*:\\s*(\\d+)");

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
        return new VolumeHealth(bricks - online, Long.parseLong(left.group(1)), healing);
    }

    public boolean isWhole() {
        return bricksNotOnline == 0 && filesLeft == 0;
    }
}
