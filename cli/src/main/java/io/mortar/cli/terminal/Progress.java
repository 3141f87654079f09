package io.mortar.cli.terminal;

/** Told how a transfer gets on; one file at a time. */
public interface Progress {
    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String name, long sizeBytes) {}

        @Override
        public void moved(long bytes) {}

        @Override
        public void end() {}
    };

    /** @param sizeBytes -1 when it is not known */
    void begin(String name, long sizeBytes);

    void moved(long bytes);

    /** The file is complete or was given up. */
    void end();
}
