package io.mortar.node.job;

/** What standing work has done since this node leads, and how fast it goes. Safe for use by several threads. */
public final class WorkTally {
    private final RateMeter fileMeter = new RateMeter(System.nanoTime());
    private final RateMeter byteMeter = new RateMeter(System.nanoTime());
    private long files;
    private long bytes;

    /** What was done and how much of it per second of late. */
    public record Snapshot(long files, long bytes, long filesPerSecond, long bytesPerSecond) {}

    public synchronized void add(long moreFiles, long moreBytes) {
        files += moreFiles;
        bytes += moreBytes;
        fileMeter.add(moreFiles);
        byteMeter.add(moreBytes);
    }

    public synchronized Snapshot look() {
        long now = System.nanoTime();
        return new Snapshot(files, bytes, fileMeter.perSecond(now), byteMeter.perSecond(now));
    }
}
