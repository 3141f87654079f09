package io.mortar.client.stripe;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.mortar.client.memory.Permit;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.stage.Stages;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.FutureConverters;

/**
 * Cuts a byte stream into chunks of one stripe unit, the last one shorter. Pulls no byte for which it does not hold a permit, except
 * the remainder of the element that completed a chunk; so what uploads hold is bounded by the budget. Bytes are copied once, into the
 * chunk's own array: received buffers are let go at once.
 */
final class StripeChunker extends GraphStage<FlowShape<ByteString, Chunk>> {
    private final Inlet<ByteString> in = Inlet.create("StripeChunker.in");
    private final Outlet<Chunk> out = Outlet.create("StripeChunker.out");
    private final FlowShape<ByteString, Chunk> shape = FlowShape.of(in, out);

    private final int stripeUnitBytes;
    private final Permit firstPermit;
    private final TransferBudget budget;
    private final Duration permitWait;
    private final ContentDigests digests;
    private final long announcedBytes;

    /**
     * @param announcedBytes size of the content, more than which fails the stream with BAD_REQUEST; -1 when it is not known
     * @param firstPermit for the first chunk, of a stripe unit or of what was announced; this stage releases it or passes it on
     */
    StripeChunker(
            int stripeUnitBytes,
            long announcedBytes,
            Permit firstPermit,
            TransferBudget budget,
            Duration permitWait,
            ContentDigests digests) {
        this.stripeUnitBytes = stripeUnitBytes;
        this.announcedBytes = announcedBytes;
        this.firstPermit = firstPermit;
        this.budget = budget;
        this.permitWait = permitWait;
        this.digests = digests;
    }

    @Override
    public FlowShape<ByteString, Chunk> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements InHandler, OutHandler {
        private @Nullable Permit permit = firstPermit;
        private byte @Nullable [] chunk;
        private int filledBytes;
        private int nextIndex;
        private ByteString rest = ByteString.emptyByteString();
        private boolean acquiring;
        private @Nullable AsyncCallback<Permit> granted;
        private @Nullable AsyncCallback<Throwable> refused;

        Logic() {
            super(shape);
            setHandlers(in, out, this);
        }

        @Override
        public void preStart() {
            granted = createAsyncCallback(this::onGranted);
            refused = createAsyncCallback(this::failStage);
        }

        @Override
        public void postStop() {
            if (permit != null) {
                permit.release();
            }
        }

        @Override
        public void onPull() {
            advance();
        }

        @Override
        public void onPush() {
            ByteString element = grab(in);
            digests.update(element);
            if (announcedBytes >= 0 && digests.sizeBytes() > announcedBytes) {
                throw new RefusedException(
                        RefusalCode.BAD_REQUEST,
                        "content has more than the " + announcedBytes
                                + " bytes that were announced: nothing was stored");
            }
            rest = rest.isEmpty() ? element : rest.concat(element);
            advance();
        }

        @Override
        public void onUpstreamFinish() {
            advance();
        }

        /** Does the next thing there is to do, if downstream wants a chunk. */
        private void advance() {
            if (!isAvailable(out) || acquiring) {
                return;
            }
            if (permit == null && (!rest.isEmpty() || (!isClosed(in) && digests.sizeBytes() != announcedBytes))) {
                acquire();
                return;
            }
            fill();
            if (filledBytes == stripeUnitBytes) {
                emit();
            } else if (!isClosed(in)) {
                if (!hasBeenPulled(in)) {
                    pull(in);
                }
                return;
            } else if (filledBytes > 0) {
                emit();
            }
            if (isClosed(in) && rest.isEmpty() && filledBytes == 0) {
                completeStage();
            }
        }

        private void fill() {
            if (rest.isEmpty()) {
                return;
            }
            if (chunk == null) {
                chunk = new byte[chunkBytesMax()];
            }
            int taken = Math.min(chunk.length - filledBytes, rest.size());
            rest.take(taken).copyToArray(chunk, filledBytes, taken);
            rest = rest.drop(taken);
            filledBytes += taken;
        }

        /** Of a small file not more than it has: many uploads of small files would hold far more than their permits say. */
        private int chunkBytesMax() {
            long leftBytes = announcedBytes - (long) nextIndex * stripeUnitBytes;
            return announcedBytes < 0 ? stripeUnitBytes : (int) Math.min(stripeUnitBytes, leftBytes);
        }

        private void emit() {
            byte[] full = chunk;
            Permit held = permit;
            if (full == null || held == null) {
                throw new AssertionError("a chunk without bytes or permit");
            }
            byte[] exact = filledBytes == full.length ? full : Arrays.copyOf(full, filledBytes);
            chunk = null;
            permit = null;
            filledBytes = 0;
            push(out, new Chunk(nextIndex++, ByteString.fromArrayUnsafe(exact), held));
        }

        private void acquire() {
            acquiring = true;
            AsyncCallback<Permit> onGrant = granted;
            AsyncCallback<Throwable> onRefusal = refused;
            if (onGrant == null || onRefusal == null) {
                throw new AssertionError("the stage has not started");
            }
            budget.acquire(stripeUnitBytes, permitWait).whenComplete((next, failure) -> {
                if (failure == null) {
                    Stages.on(
                                    materializer().executionContext(),
                                    FutureConverters.asJava(onGrant.invokeWithFeedback(next)))
                            .whenComplete((done, stopped) -> {
                                if (stopped != null) {
                                    next.release();
                                }
                            });
                } else {
                    onRefusal.invoke(failure);
                }
            });
        }

        private void onGranted(Permit next) {
            acquiring = false;
            permit = next;
            advance();
        }
    }
}
