package io.mortar.journal.state;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.log.StoredPoint;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Takes in the frames of a {@link SnapshotSource}, in order, into a store beside the present state, which stays in use until
 * {@link GroupStores#install}. Holds about 1 MiB and one row in memory. For one thread.
 */
public final class SnapshotSink implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 20;
    /** Rows are entries' rows, so none is larger than an entry can be. */
    private static final int ROW_BYTES_MAX = 16 << 20;

    private static final int HEADER_BYTES = 2 * Integer.BYTES;

    private final StateStore state;
    private final Path path;
    private final GroupIdentity identity;
    private final KvOptions options;
    private final KvStore store;
    private final CRC32C sum = new CRC32C();
    private final byte[] prefix;
    private KvBatch batch = new KvBatch();
    private int batchBytes;
    private ByteBuffer row = ByteBuffer.allocate(HEADER_BYTES);
    private int frames;
    private long rows;
    private long bytes;
    private Optional<SnapshotPoint> complete = Optional.empty();
    private boolean closed;

    private SnapshotSink(StateStore state, Path path, GroupIdentity identity, KvOptions options, KvStore store) {
        this.state = state;
        this.path = path;
        this.identity = identity;
        this.options = options;
        this.store = store;
        this.prefix = StateKeys.first(identity.group());
    }

    static SnapshotSink open(StateStore state, Path path, GroupIdentity identity, KvOptions options) {
        requireRoom(options);
        return new SnapshotSink(state, path, identity, options, KvStores.open(path, options));
    }

    /** Number of the frame that is expected next, from 0. */
    public int nextFrame() {
        return frames;
    }

    /** Bytes of rows taken in so far. */
    public long receivedBytes() {
        return bytes;
    }

    /**
     * Takes the next frame; what it completes is on stable storage on return. Throws {@link IllegalArgumentException} when it is not the
     * expected one or not what was sent, and {@link KvNoSpaceException} when there is no room for a second state: then close this and
     * start anew with another copy. {@link KvFailedException} as everywhere.
     *
     * @return after the last frame, where the copy is applied; it is then complete and verified
     */
    public Optional<SnapshotPoint> accept(byte[] frame) {
        if (closed || complete.isPresent()) {
            throw new IllegalStateException("copy " + path + " takes no more frames");
        }
        SnapshotFrame read = SnapshotFrame.read(frame, sum);
        if (read.number() != frames) {
            throw new IllegalArgumentException("frame " + read.number() + " instead of " + frames);
        }
        frames++;
        if (read.last()) {
            finish(SnapshotFrame.Totals.read(read.body()));
        } else {
            bytes += read.body().remaining();
            take(read.body());
        }
        return complete;
    }

    private void take(ByteBuffer body) {
        while (body.hasRemaining()) {
            int count = Math.min(row.remaining(), body.remaining());
            row.put(body.slice(body.position(), count));
            body.position(body.position() + count);
            if (!row.hasRemaining()) {
                row = row.capacity() == HEADER_BYTES ? rowOfHeader() : nextHeader();
            }
        }
    }

    /** Room for a row whose header is complete. */
    private ByteBuffer rowOfHeader() {
        int keyBytes = row.getInt(0);
        int valueBytes = row.getInt(Integer.BYTES);
        if (keyBytes <= prefix.length
                || keyBytes > ROW_BYTES_MAX
                || valueBytes < 0
                || valueBytes > ROW_BYTES_MAX - keyBytes) {
            throw new IllegalArgumentException(
                    "a copy's row " + rows + " has a key of " + keyBytes + " and a value of " + valueBytes + " bytes");
        }
        return ByteBuffer.allocate(HEADER_BYTES + keyBytes + valueBytes).put(row.array());
    }

    /** Keeps a row that is complete; room for the header of the next one. */
    private ByteBuffer nextHeader() {
        int keyEnd = HEADER_BYTES + row.getInt(0);
        byte[] key = Arrays.copyOfRange(row.array(), HEADER_BYTES, keyEnd);
        if (!Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new IllegalArgumentException("a copy's row " + rows + " is of another group");
        }
        batch.put(key, Arrays.copyOfRange(row.array(), keyEnd, row.capacity()));
        rows++;
        batchBytes += row.capacity();
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
        return ByteBuffer.allocate(HEADER_BYTES);
    }

    private void flush() {
        requireRoom(options);
        store.write(batch);
        batch = new KvBatch();
        batchBytes = 0;
    }

    private static void requireRoom(KvOptions options) {
        if (!options.space().acceptsGrowth()) {
            throw new KvNoSpaceException("no room for a second state while it is copied: "
                    + options.space().describe() + "; free some space");
        }
    }

    private void finish(SnapshotFrame.Totals totals) {
        if (totals.rows() != rows || totals.bytes() != bytes || row.position() != 0) {
            throw new IllegalArgumentException("a copy of " + totals.rows() + " rows in " + totals.bytes()
                    + " bytes has arrived as " + rows + " rows in " + bytes + " bytes");
        }
        batch.put(StateKeys.installed(identity.group()), StoredPoint.toBytes(totals.point()));
        flush();
        try {
            identity.require(store.get(StateKeys.identity(identity.group())), "a copy");
        } catch (StoreRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!totals.point().equals(StateStore.point(store, StateKeys.applied(identity.group()), path))) {
            throw new IllegalArgumentException("a copy's rows are not applied up to " + totals.point());
        }
        complete = Optional.of(totals.point());
    }

    /** Switches the state to this copy, durably. {@link GroupStores#install} calls it, which then resets the log. */
    SnapshotPoint install() {
        if (closed) {
            throw new IllegalStateException("copy " + path + " is closed");
        }
        SnapshotPoint point =
                complete.orElseThrow(() -> new IllegalStateException("copy " + path + " is not complete"));
        closed = true;
        state.switchTo(path, store, point);
        return point;
    }

    /** Gives the copy up and deletes it, unless it was installed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.close();
            state.discard(path);
        }
    }
}
