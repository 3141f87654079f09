package io.mortar.gateway.fake;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.ExpectedDigest;
import io.mortar.client.file.FileStore;
import io.mortar.client.file.WriteRequest;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A {@link FileStore} with one started volume, {@code vol}, in a map. Keeps the promises of the interface; knows a few faults. */
public final class InMemoryFileStore implements FileStore {
    public static final VolumeName VOLUME = new VolumeName("vol");
    public static final VolumeId VOLUME_ID = new VolumeId(7);
    public static final int STRIPE_UNIT_BYTES = 64 * 1024;
    private static final List<BrickLocation> BRICKS =
            List.of(BrickLocation.parse("bt1:/bt1"), BrickLocation.parse("bt2:/bt2"), BrickLocation.parse("bt3:/bt3"));
    private static final Layout LAYOUT = new Layout(3, 1, List.of(brick(1), brick(2), brick(3)), 1);

    private final Materializer materializer;
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private long next = 1;
    private volatile long nowMillis = 1_790_000_000_123L;

    /** Bytes that were pulled out of upload streams. */
    public final AtomicLong bytesTaken = new AtomicLong();

    /** Writes whose content was all there. */
    public final AtomicLong writesWithoutStream = new AtomicLong();

    /** Every write is refused with this before its content is touched. */
    public volatile @Nullable RefusedException refuseWrites;

    /** An upload is refused with NO_SPACE after this many bytes. */
    public volatile long spaceBytes = Long.MAX_VALUE;

    /** Every read is refused with this before it begins. */
    public volatile @Nullable RuntimeException refuseReads;

    /** Changes streams of reads. */
    public volatile UnaryOperator<Source<ByteString, NotUsed>> readFault = UnaryOperator.identity();

    private record Node(long inode, long generation, long modifiedMillis, byte @Nullable [] content) {}

    public InMemoryFileStore(ActorSystem<?> system) {
        this.materializer = Materializer.createMaterializer(system);
        nodes.put("/", new Node(0, 0, nowMillis, null));
    }

    private static BrickId brick(int number) {
        return new BrickId(new UUID(0, number));
    }

    public void setNow(long millis) {
        nowMillis = millis;
    }

    public synchronized void put(String path, byte[] content) {
        VolumePath target = VolumePath.parse(path);
        makeParents(target);
        Node old = nodes.get(target.toString());
        long inode = old == null ? next++ : old.inode();
        nodes.put(target.toString(), new Node(inode, next++, nowMillis, content));
    }

    public synchronized byte @Nullable [] content(String path) {
        Node node = nodes.get(path);
        return node == null ? null : node.content();
    }

    @Override
    public CompletionStage<Outcome> lookup(VolumeName volume, VolumePath path) {
        return answered(() -> view(existing(volume, path)));
    }

    @Override
    public CompletionStage<Outcome.Listing> list(VolumeName volume, VolumePath path, String after, int limit) {
        return answered(() -> {
            existing(volume, path);
            String prefix = path.isRoot() ? "/" : path + "/";
            List<Outcome.Entry> entries = new ArrayList<>();
            for (Map.Entry<String, Node> entry : nodes.tailMap(prefix, false).entrySet()) {
                String name = entry.getKey().startsWith(prefix) ? entry.getKey().substring(prefix.length()) : "/";
                if (name.contains("/") || name.compareTo(after) <= 0) {
                    continue;
                }
                if (entries.size() == limit) {
                    return new Outcome.Listing(VOLUME_ID, entries, false);
                }
                Node node = entry.getValue();
                byte[] content = node.content();
                entries.add(new Outcome.Entry(
                        name,
                        content == null,
                        node.inode(),
                        node.generation(),
                        content == null ? 0 : content.length,
                        node.modifiedMillis()));
            }
            return new Outcome.Listing(VOLUME_ID, entries, true);
        });
    }

    @Override
    public CompletionStage<Outcome.Written> write(WriteRequest request, Source<ByteString, ?> content) {
        try {
            RefusedException refusal = refuseWrites;
            if (refusal != null) {
                throw refusal;
            }
            synchronized (this) {
                checkWritable(request);
            }
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
        AtomicLong size = new AtomicLong();
        return content.map(bytes -> {
                    bytesTaken.addAndGet(bytes.size());
                    if (size.addAndGet(bytes.size()) > spaceBytes) {
                        throw refused(RefusalCode.NO_SPACE, "no space for " + request.path());
                    }
                    return bytes;
                })
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer)
                .thenApply(bytes -> commit(request, bytes.toArray()));
    }

    @Override
    public CompletionStage<Outcome.Written> write(WriteRequest request, ByteString content) {
        writesWithoutStream.incrementAndGet();
        return answered(() -> {
            RefusedException refusal = refuseWrites;
            if (refusal != null) {
                throw refusal;
            }
            return commit(request, content.toArray());
        });
    }

    private synchronized Outcome.Written commit(WriteRequest request, byte[] content) {
        checkWritable(request);
        for (ExpectedDigest digest : request.digests()) {
            if (!Arrays.equals(digest.value(), digest(digest.algorithm(), content))) {
                throw refused(RefusalCode.BAD_DIGEST, digest.algorithm() + " differs");
            }
        }
        boolean created = !nodes.containsKey(request.path().toString());
        put(request.path().toString(), content);
        Node node = existing(request.volume(), request.path());
        return new Outcome.Written(version(node), created, node.modifiedMillis());
    }

    private void checkWritable(WriteRequest request) {
        checkVolume(request.volume());
        Node old = nodes.get(request.path().toString());
        if (old != null && old.content() == null) {
            throw refused(RefusalCode.IS_A_DIRECTORY, request.path() + " is a directory");
        }
        checkCondition(request.condition(), old);
    }

    private static void checkCondition(WriteCondition condition, @Nullable Node node) {
        ETag etag = node == null ? null : ETag.of(version(node));
        boolean holds = !(condition.ifExists() && node == null)
                && !(condition.ifAbsent() && node != null)
                && (condition.ifMatch().isEmpty()
                        || (etag != null && condition.ifMatch().contains(etag)))
                && (etag == null || !condition.ifNoneMatch().contains(etag))
                && (condition.unmodifiedSinceMillis() < 0
                        || node == null
                        || node.modifiedMillis() / 1000 * 1000 <= condition.unmodifiedSinceMillis());
        if (!holds) {
            throw refused(RefusalCode.PRECONDITION_FAILED, "the condition does not hold");
        }
    }

    @Override
    public CompletionStage<Source<ByteString, NotUsed>> read(
            FileView file, VolumeName volume, long offset, long length) {
        return answered(() -> {
            RuntimeException refusal = refuseReads;
            if (refusal != null) {
                throw refusal;
            }
            synchronized (this) {
                byte[] content = nodes.values().stream()
                        .filter(n -> n.inode() == file.version().inode())
                        .findFirst()
                        .orElseThrow()
                        .content();
                return readFault.apply(Source.single(ByteString.fromArrayUnsafe(
                        content == null ? new byte[0] : content, (int) offset, (int) length)));
            }
        });
    }

    @Override
    public CompletionStage<Outcome.Removed> remove(
            VolumeName volume, VolumePath path, boolean recursive, WriteCondition condition) {
        return answered(() -> {
            Node node = existing(volume, path);
            checkCondition(condition, node);
            var below = nodes.subMap(path + "/", path + "0");
            if (!below.isEmpty() && !recursive) {
                throw refused(RefusalCode.DIRECTORY_NOT_EMPTY, path + " is not empty");
            }
            below.clear();
            nodes.remove(path.toString());
            return new Outcome.Removed();
        });
    }

    @Override
    public CompletionStage<Outcome.DirectoryMade> makeDirectory(VolumeName volume, VolumePath path, boolean parents) {
        return answered(() -> {
            checkVolume(volume);
            if (nodes.containsKey(path.toString())) {
                if (parents && nodes.get(path.toString()).content() == null) {
                    return new Outcome.DirectoryMade(false);
                }
                throw refused(RefusalCode.ALREADY_EXISTS, path + " exists");
            }
            if (parents) {
                makeParents(path);
            } else if (!nodes.containsKey(path.parent().toString())) {
                throw refused(RefusalCode.NOT_FOUND, "there is no " + path.parent());
            }
            nodes.put(path.toString(), new Node(next++, 0, nowMillis, null));
            return new Outcome.DirectoryMade(true);
        });
    }

    @Override
    public CompletionStage<Outcome.Moved> move(
            VolumeName volume, VolumePath from, VolumePath to, boolean overwrite, WriteCondition condition) {
        return answered(() -> {
            Node node = existing(volume, from);
            checkCondition(condition, node);
            boolean replaced = nodes.containsKey(to.toString());
            if (replaced && !overwrite) {
                throw refused(RefusalCode.ALREADY_EXISTS, to + " exists");
            }
            nodes.remove(from.toString());
            nodes.put(to.toString(), node);
            return new Outcome.Moved(replaced);
        });
    }

    private void makeParents(VolumePath path) {
        for (VolumePath p = path; !p.isRoot(); ) {
            p = p.parent();
            nodes.putIfAbsent(p.toString(), new Node(next++, 0, nowMillis, null));
        }
    }

    private Node existing(VolumeName volume, VolumePath path) {
        checkVolume(volume);
        Node node = nodes.get(path.toString());
        if (node == null) {
            throw refused(RefusalCode.NOT_FOUND, "there is no " + path);
        }
        return node;
    }

    private static void checkVolume(VolumeName volume) {
        if (!volume.equals(VOLUME)) {
            throw refused(RefusalCode.VOLUME_NOT_FOUND, "there is no volume " + volume);
        }
    }

    private static Outcome view(Node node) {
        byte[] content = node.content();
        if (content == null) {
            return new Outcome.DirectoryFound(node.inode(), node.modifiedMillis());
        }
        boolean inline = content.length <= Command.INLINE_SIZE_BYTES_MAX;
        CRC32C crc = new CRC32C();
        crc.update(content);
        return new Outcome.FileFound(new FileView(
                version(node),
                content.length,
                node.modifiedMillis(),
                (int) crc.getValue(),
                inline ? null : new Striping(LAYOUT, 1, STRIPE_UNIT_BYTES),
                inline ? List.of() : BRICKS,
                inline ? content : new byte[0]));
    }

    private static FileVersion version(Node node) {
        return new FileVersion(VOLUME_ID, node.inode(), node.generation());
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RefusedException refused(RefusalCode code, String text) {
        return new RefusedException(code, text);
    }

    private synchronized <T> CompletionStage<T> answered(Supplier<T> answer) {
        try {
            return CompletableFuture.completedStage(answer.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
