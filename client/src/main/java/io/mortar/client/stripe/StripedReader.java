package io.mortar.client.stripe;

import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.client.stage.Stages;
import io.mortar.client.transport.BrickTarget;
import io.mortar.client.transport.ChunkTransport;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads files: chunks in order, with read-ahead over the columns, since reading from all machines at once is the point of striping.
 * The first chunk of every column has arrived before anything is handed out, so that a missing brick is an error and not a broken
 * download wherever that can be known.
 */
public final class StripedReader {
    /** Well below the time for which the coordinator keeps a pinned content. */
    private static final Duration PIN_PAUSE = Duration.ofSeconds(15);

    private final ActorSystem<?> system;
    private final TopologyView topology;
    private final NamespaceClient namespace;
    private final ChunkTransport transport;
    private final TransferBudget budget;
    private final StripeSettings settings;

    public StripedReader(
            ActorSystem<?> system,
            TopologyView topology,
            NamespaceClient namespace,
            ChunkTransport transport,
            TransferBudget budget,
            StripeSettings settings) {
        this.system = system;
        this.topology = topology;
        this.namespace = namespace;
        this.transport = transport;
        this.budget = budget;
        this.settings = settings;
    }

    /** As {@link io.mortar.client.file.FileStore#read}. */
    public CompletionStage<Source<ByteString, NotUsed>> read(
            FileView file, VolumeName volume, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > file.sizeBytes()) {
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " is outside of " + file.sizeBytes() + " bytes");
        }
        Striping striping = file.striping();
        if (striping == null) {
            ByteString content = ByteString.fromArrayUnsafe(file.inline());
            return CompletableFuture.completedFuture(
                    Source.single(content.slice((int) offset, (int) (offset + length))));
        }
        return length == 0
                ? CompletableFuture.completedFuture(Source.empty())
                : readStriped(file, striping, volume, offset, length);
    }

    private CompletionStage<Source<ByteString, NotUsed>> readStriped(
            FileView file, Striping striping, VolumeName volume, long offset, long length) {
        int unit = striping.stripeUnitBytes();
        int first = (int) (offset / unit);
        int last = (int) ((offset + length - 1) / unit);
        int width = striping.layout().width();
        MovingFile chunks = moving(file, striping, volume);
        if (first == last) {
            ReadHold hold = new ReadHold(budget);
            return fetch(chunks, unit, hold, first, settings.admissionWait(), offset, offset + length)
                    .thenApply(bytes -> claimed(Source.single(bytes), hold))
                    .whenComplete((source, failure) -> {
                        if (failure != null) {
                            hold.close();
                        }
                    });
        }
        ReadHold hold = new ReadHold(budget);
        Cancellable pins = system.scheduler()
                .scheduleWithFixedDelay(
                        PIN_PAUSE, PIN_PAUSE, () -> namespace.pin(volume, file.version()), system.executionContext());
        CompletionStage<Pair<List<ByteString>, Source<ByteString, NotUsed>>> opening = Source.range(first, last)
                .mapAsync(readAhead(unit, width), index -> {
                    Duration wait = index - first < width ? settings.admissionWait() : settings.permitWait();
                    return fetch(chunks, unit, hold, index, wait, offset, offset + length);
                })
                .watchTermination((notUsed, done) -> {
                    Stages.on(system.executionContext(), done).whenComplete((ok, failure) -> {
                        pins.cancel();
                        // In good order this ends before the client has taken what lies here: the claim gives it back.
                        if (failure != null) {
                            hold.close();
                        }
                    });
                    return notUsed;
                })
                .prefixAndTail(Math.min(width, last - first + 1))
                .runWith(Sink.head(), system);
        return Stages.on(system.executionContext(), opening)
                .thenApply(opened -> claimed(Source.from(opened.first()).concat(opened.second()), hold));
    }

    /**
     * {@code content}, which gives {@code hold} back when it ends, however it ends, and also when nobody begins with it: a client may go
     * away while its answer is made, and then the answer is dropped without a word.
     */
    private Source<ByteString, NotUsed> claimed(Source<ByteString, NotUsed> content, ReadHold hold) {
        Cancellable unclaimed =
                system.scheduler().scheduleOnce(settings.admissionWait(), hold::close, system.executionContext());
        return content.map(hold::passed).watchTermination((begun, done) -> {
            unclaimed.cancel();
            Stages.on(system.executionContext(), done).whenComplete((ok, failure) -> hold.close());
            return begun;
        });
    }

    private MovingFile moving(FileView file, Striping striping, VolumeName volume) {
        DownloadCopies.DamageReports reports = reports(volume);
        return new MovingFile(
                file,
                striping,
                version -> namespace
                        .query(Outcome.FileFound.class, volume, new Query.LookupVersion(version))
                        .thenApply(Outcome.FileFound::file),
                view -> chunks(view, reports));
    }

    private MovingFile.Chunks chunks(FileView file, DownloadCopies.DamageReports reports) {
        Striping striping = file.striping();
        if (striping == null) {
            throw new AssertionError("version " + file.version() + " has no chunks");
        }
        if (striping.layout().replicaCount() == 1) {
            return (index, offset, length) -> readOnly(file, striping, index, offset, length);
        }
        return new DownloadCopies(
                        new DownloadCopies.Parts(system, topology, transport, settings.hedgeDelay()),
                        file,
                        striping,
                        reports)::read;
    }

    private CompletionStage<ByteString> fetch(
            MovingFile chunks, int unit, ReadHold hold, int index, Duration wait, long from, long to) {
        long chunkStart = (long) index * unit;
        int begin = (int) Math.max(0, from - chunkStart);
        int end = (int) Math.min(unit, to - chunkStart);
        return hold.acquire(end - begin, wait).thenCompose(held -> chunks.read(index, begin, end - begin));
    }

    /** A chunk that has a single copy. */
    private CompletionStage<ByteString> readOnly(FileView file, Striping striping, int index, int offset, int length) {
        int column = striping.columnOf(index);
        BrickTarget brick = new BrickTarget(
                striping.layout().bricks().get(column), file.locations().get(column));
        ChunkId chunk = new ChunkId(file.version(), index, 0);
        return transport
                .read(brick, chunk, offset, length)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(ChunkFailures.explained(failure, brick, chunk)));
    }

    /** The log has each brick once per download. */
    private DownloadCopies.DamageReports reports(VolumeName volume) {
        Set<BrickId> logged = ConcurrentHashMap.newKeySet();
        return (brick, chunk) -> {
            if (logged.add(brick.id())) {
                system.log()
                        .warn(
                                "volume={} chunk={} brick={} copy damaged or missing, another one was read",
                                volume,
                                chunk,
                                brick.location());
            }
            namespace.reportDamage(volume, chunk, brick.id());
        };
    }

    /** Few clients get the full read-ahead; the busier the budget, the less one that reads slowly can sit on. */
    private int readAhead(int unit, int width) {
        long full = (long) settings.chunksInFlightPerColumn() * width;
        long affordable = budget.freeBytes() / 4 / unit;
        return (int) Math.max(1, Math.min(full, affordable));
    }
}
