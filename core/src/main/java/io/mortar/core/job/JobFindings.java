package io.mortar.core.job;

/**
 * What a scrub found, in chunks.
 *
 * @param corrupt whose bytes are not what was stored
 * @param missing that a brick should have and has not
 * @param repaired of those, handed to the healer because another copy is there
 * @param orphaned contents on bricks that no file names; they are deleted
 */
public record JobFindings(long corrupt, long missing, long repaired, long orphaned) {
    public static final JobFindings NONE = new JobFindings(0, 0, 0, 0);

    public JobFindings plus(JobFindings more) {
        return new JobFindings(
                corrupt + more.corrupt, missing + more.missing, repaired + more.repaired, orphaned + more.orphaned);
    }
}
