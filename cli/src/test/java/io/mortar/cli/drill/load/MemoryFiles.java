package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** An honest store in memory, from which liars are made. For one thread. */
class MemoryFiles implements Files {
    final Map<String, byte[]> contents = new TreeMap<>();

    @Override
    public int nodeCount() {
        return 3;
    }

    @Override
    public Reply attempt(int node, Operation operation) {
        return honest(operation);
    }

    final Reply honest(Operation operation) {
        if (operation instanceof Put put) {
            contents.put(put.path(), put.content().bytes());
            return new Reply.Done();
        }
        if (operation instanceof Read read) {
            byte[] bytes = contents.get(read.path());
            return bytes == null ? new Reply.Missing() : new Reply.Found(bytes);
        }
        if (operation instanceof Range range) {
            byte[] bytes = contents.get(range.path());
            return bytes == null ? new Reply.Missing() : part(bytes, range);
        }
        if (operation instanceof Delete delete) {
            return contents.remove(delete.path()) == null ? new Reply.Missing() : new Reply.Done();
        }
        if (operation instanceof Move move) {
            byte[] bytes = contents.remove(move.from());
            if (bytes == null) {
                return new Reply.Missing();
            }
            contents.put(move.to(), bytes);
            return new Reply.Done();
        }
        if (operation instanceof Names names) {
            return new Reply.Listed(sizes(names.directory() + "/"));
        }
        throw new AssertionError("unhandled " + operation);
    }

    private static Reply part(byte[] bytes, Range range) {
        return range.from() >= bytes.length
                ? new Reply.Absurd("416 RANGE_NOT_SATISFIABLE")
                : new Reply.Found(
                        Arrays.copyOfRange(bytes, range.from(), Math.min(bytes.length, range.from() + range.count())));
    }

    private Map<String, Long> sizes(String prefix) {
        Map<String, Long> sizes = new TreeMap<>();
        contents.forEach((path, bytes) -> {
            if (path.startsWith(prefix)) {
                sizes.put(path.substring(prefix.length()), (long) bytes.length);
            }
        });
        return sizes;
    }
}
