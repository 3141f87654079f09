package io.mortar.cli.drill.load;

/** What a client asks for. Paths are relative to the directory of the load. */
public sealed interface Operation {
    /** What reports count together. */
    enum Kind {
        PUT,
        READ,
        RANGE,
        DELETE,
        MOVE,
        LIST
    }

    Kind kind();

    /** Writes a whole file, new or in the place of another content. */
    record Put(String path, SeededContent content) implements Operation {
        @Override
        public Kind kind() {
            return Kind.PUT;
        }
    }

    /** Reads a whole file. */
    record Read(String path) implements Operation {
        @Override
        public Kind kind() {
            return Kind.READ;
        }
    }

    /** Reads {@code count} bytes, at least one, that lie in the file. */
    record Range(String path, int from, int count) implements Operation {
        @Override
        public Kind kind() {
            return Kind.RANGE;
        }
    }

    record Delete(String path) implements Operation {
        @Override
        public Kind kind() {
            return Kind.DELETE;
        }
    }

    /** Gives a file a name that no file has. */
    record Move(String from, String to) implements Operation {
        @Override
        public Kind kind() {
            return Kind.MOVE;
        }
    }

    /** Names and sizes of the files in a directory, which has no others below it. */
    record Names(String directory) implements Operation {
        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }
}
