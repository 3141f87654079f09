package io.mortar.core.job;

/**
 * How far a job has come; all before it is done or among the failed items.
 *
 * @param phase 0 is the walk over all files; others are the kind's own
 * @param inode of the last file that is done; 0 for none
 * @param index within the phase, for kinds that need it
 */
public record JobPosition(int phase, long inode, int index) {
    public static final int WALK = 0;

    /** Walks over the failed items only. */
    public static final int RETRY = 1;

    public static final JobPosition START = new JobPosition(WALK, 0, 0);

    public JobPosition at(long nextInode) {
        return new JobPosition(phase, nextInode, index);
    }
}
