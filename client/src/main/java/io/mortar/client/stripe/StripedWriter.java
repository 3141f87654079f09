package io.mortar.client.stripe;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.WriteRequest;
import io.mortar.client.memory.Permit;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.client.stage.Stages;
import io.mortar.client.transport.BrickTarget;
import io.mortar.client.transport.ChunkTransport;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole files: asks for a lease and a layout, cuts the content into chunks, stores a bounded number of them at a time, commits.
 * Content of at most {@link Command#INLINE_SIZE_BYTES_MAX} announced bytes goes into the namespace in one step. Whatever goes wrong
 * before the commit, nothing is visible and the coordinator has the chunks deleted.
 */
public final class StripedWriter {
    /** Of content that can be sent again; each time it goes to other bricks. */
    private static final int ATTEMPTS_MAX = 4;
    /** How long an upload that has failed waits to know whether repeating it is of use. */
    private static final Duration PLACING_MAX = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final NamespaceClient namespace;
    private final ChunkTransport transport;
    private final TransferBudget budget;
    private final StripeSettings settings;

    public StripedWriter(
            ActorSystem<?> system,
            NamespaceClient namespace,
            ChunkTransport transport,
            TransferBudget budget,
            StripeSettings settings) {
        this.system = system;
        this.namespace = namespace;
        this.transport = transport;
        this.budget = budget;
        this.settings = settings;
    }

    /** As {@link io.mortar.client.file.FileStore#write}. */
    public CompletionStage<Outcome.Written> write(WriteRequest request, Source<ByteString, ?> content) {
        ContentDigests digests = new ContentDigests(request.digests());
        boolean inline = request.sizeBytes() >= 0 && request.sizeBytes() <= Command.INLINE_SIZE_BYTES_MAX;
        return inline
                ? writeInline(request, content, digests)
                : writeStriped(request, content, digests, new AvoidedBricks());
    }

    /** As {@link io.mortar.client.file.FileStore#write}. */
    public CompletionStage<Outcome.Written> write(WriteRequest request, ByteString content) {
        if (content.size() > Command.INLINE_SIZE_BYTES_MAX) {
            return writeWhole(request, content, new AvoidedBricks(), ATTEMPTS_MAX);
        }
        try {
            return putInline(request, content, new ContentDigests(request.digests()));
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Outcome.Written> writeInline(
            WriteRequest request, Source<ByteString, ?> content, ContentDigests digests) {
        CompletionStage<ByteString> whole = content.limitWeighted(
                        Command.INLINE_SIZE_BYTES_MAX, element -> (long) element.size())
                .runFold(ByteString.emptyByteString(), ByteString::concat, system);
        return Stages.on(system.executionContext(), whole).thenCompose(bytes -> putInline(request, bytes, digests));
    }

    private CompletionStage<Outcome.Written> putInline(
            WriteRequest request, ByteString content, ContentDigests digests) {
        digests.update(content);
        digests.verify(request.sizeBytes());
        return namespace.change(
                Outcome.Written.class,
                request.volume(),
                new Command.PutInline(request.path(), request.condition(), content.toArray()));
    }

    /** Content that is here can be sent again, to other bricks. */
    private CompletionStage<Outcome.Written> writeWhole(
            WriteRequest request, ByteString content, AvoidedBricks avoided, int attempts) {
        CompletionStage<Outcome.Written> written =
                writeStriped(request, Source.single(content), new ContentDigests(request.digests()), avoided);
        return attempts == 1
                ? written
                : written.exceptionallyCompose(failure -> AvoidedBricks.code(failure) == RefusalCode.UPLOAD_INTERRUPTED
                        ? writeWhole(request, content, avoided, attempts - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletionStage<Outcome.Written> writeStriped(
            WriteRequest request, Source<ByteString, ?> content, ContentDigests digests, AvoidedBricks avoided) {
        int firstBytes = request.sizeBytes() < 0
                ? VolumeSpec.STRIPE_UNIT_BYTES_MAX
                : (int) Math.min(VolumeSpec.STRIPE_UNIT_BYTES_MAX, request.sizeBytes());
        return budget.acquire(firstBytes, settings.admissionWait())
                .thenCompose(permit -> open(request, avoided)
                        .whenComplete((opened, failure) -> {
                            if (failure != null) {
                                permit.release();
                            }
                        })
                        .thenCompose(opened -> store(request, opened, permit, content, digests, avoided)));
    }

    private CompletionStage<Outcome.WriteOpened> open(WriteRequest request, AvoidedBricks avoided) {
        return namespace.change(
                Outcome.WriteOpened.class,
                request.volume(),
                new Command.OpenWrite(
                        request.path(), request.condition(), request.sizeBytes(), avoided.full(), avoided.failed()));
    }

    private CompletionStage<Outcome.Written> store(
            WriteRequest request,
            Outcome.WriteOpened opened,
            Permit permit,
            Source<ByteString, ?> content,
            ContentDigests digests,
            AvoidedBricks avoided) {
        StripeChunker chunker = new StripeChunker(
                opened.striping().stripeUnitBytes(),
                request.sizeBytes(),
                permit,
                budget,
                settings.permitWait(),
                digests);
        int inFlight =
                settings.chunksInFlightPerColumn() * opened.striping().layout().width();
        UploadCopies copies = opened.striping().layout().replicaCount() == 1
                ? null
                : new UploadCopies(system, transport, opened, settings.copyWait(), avoided);
        Pair<UniqueKillSwitch, CompletionStage<Done>> upload = content.viaMat(KillSwitches.single(), Keep.right())
                .via(chunker)
                .mapAsyncUnordered(inFlight, chunk -> store(opened, copies, chunk, avoided))
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
        Cancellable lease = WriteLease.keep(
                system, namespace, request.volume(), opened.version(), opened.leaseMillis(), upload.first());
        return Stages.on(system.executionContext(), upload.second())
                .exceptionallyCompose(failure -> interrupted(request, avoided, failure))
                .thenCompose(done -> {
                    digests.verify(request.sizeBytes());
                    return commit(request, opened, digests, copies == null ? List.of() : copies.missing());
                })
                .whenComplete((written, failure) -> {
                    lease.cancel();
                    if (failure != null) {
                        abort(request, opened);
                    }
                });
    }

    /** @param copies null if there is a single one of each chunk */
    private CompletionStage<Done> store(
            Outcome.WriteOpened opened, @Nullable UploadCopies copies, Chunk chunk, AvoidedBricks avoided) {
        CompletionStage<Done> stored = copies == null ? storeOnly(opened, chunk, avoided) : copies.store(chunk);
        return stored.whenComplete((done, failure) -> chunk.permit().release());
    }

    private CompletionStage<Done> storeOnly(Outcome.WriteOpened opened, Chunk chunk, AvoidedBricks avoided) {
        int column = opened.striping().columnOf(chunk.index());
        BrickTarget brick = new BrickTarget(
                opened.striping().layout().bricks().get(column),
                opened.locations().get(column));
        return transport
                .store(brick, new ChunkId(opened.version(), chunk.index(), 0), chunk.data())
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        avoided.note(brick.id(), failure);
                    }
                });
    }

    /**
     * What an upload fails with of which a brick takes no more chunks. Whether the file has a place on other bricks is for the coordinator
     * to say: if not, it fails with the coordinator's reason. What a stream has sent cannot be had again, so if so, it is to be repeated.
     */
    private CompletionStage<Done> interrupted(WriteRequest request, AvoidedBricks avoided, Throwable failure) {
        // The source of a copy may fail for a brick, too: then no other place would help.
        if (!AvoidedBricks.isOfBrick(failure) || avoided.isEmpty()) {
            return CompletableFuture.failedFuture(failure);
        }
        RefusedException repeat = new RefusedException(
                RefusalCode.UPLOAD_INTERRUPTED,
                "'" + request.path() + "' was not stored, since a brick took no more of it: "
                        + ChunkFailures.cause(failure).getMessage()
                        + "; other bricks may: send the file again");
        return open(request, avoided)
                .toCompletableFuture()
                .orTimeout(PLACING_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .handle((elsewhere, refused) -> {
                    if (elsewhere != null) {
                        abort(request, elsewhere);
                    }
                    boolean isSure = refused != null && ChunkFailures.cause(refused) instanceof RefusedException;
                    return isSure ? refused : repeat;
                })
                .thenCompose(CompletableFuture::failedFuture);
    }

    private CompletionStage<Outcome.Written> commit(
            WriteRequest request, Outcome.WriteOpened opened, ContentDigests digests, List<BrickId> missing) {
        return namespace.change(
                Outcome.Written.class,
                request.volume(),
                new Command.CommitWrite(
                        opened.version(), request.condition(), digests.sizeBytes(), digests.crc32c(), missing));
    }

    /** Best effort: a lease that nobody renews ends by itself, and its chunks with it. */
    private void abort(WriteRequest request, Outcome.WriteOpened opened) {
        CompletableFuture<Outcome.WriteAborted> ignored = namespace
                .change(Outcome.WriteAborted.class, request.volume(), new Command.AbortWrite(opened.version()))
                .toCompletableFuture();
        ignored.exceptionally(failure -> new Outcome.WriteAborted());
    }
}
