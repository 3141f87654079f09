package io.mortar.core.namespace.row;

/** The tables of a volume. The letter is the first byte of every key and of every value of the table. */
public enum Table {
    /** Remembered answers and what clients have settled. */
    ANSWER('C'),
    /** Names in directories. */
    DENTRY('D'),
    /** Contents whose chunks are to be deleted. */
    DELETION('G'),
    /** Items that a job failed at. */
    JOB_FAILURE('F'),
    /** Copies of chunks that a brick lacks. */
    MISSING('H'),
    /** Files and directories. */
    INODE('I'),
    /** Jobs. */
    JOB('J'),
    /** Layout number by its bricks. */
    LAYOUT_INDEX('K'),
    /** Layouts. */
    LAYOUT('L'),
    /** What directories may hold. */
    QUOTA('Q'),
    /** Files on their way to another layout. */
    RELOCATION('M'),
    /** Write leases. */
    LEASE('O'),
    /** Layouts of a brick. */
    BRICK_LAYOUT('R'),
    /** Directories that were removed and are still to be taken apart. */
    DETACHED('T'),
    /** Counters. */
    COUNTERS('U');

    private final byte letter;

    Table(char letter) {
        this.letter = (byte) letter;
    }

    public byte letter() {
        return letter;
    }
}
