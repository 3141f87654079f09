package io.mortar.gateway.request;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.RequestEntity;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The body of one request, which is a stream from a socket and so can be read at most once. */
public final class RequestBody {
    private final RequestEntity entity;
    private final AtomicBoolean begun = new AtomicBoolean();

    public RequestBody(RequestEntity entity) {
        this.entity = entity;
    }

    /** All bytes, if they arrived together with the request's head, as those of small bodies often do. */
    public Optional<ByteString> arrived() {
        return entity instanceof HttpEntity.Strict strict ? Optional.of(strict.getData()) : Optional.empty();
    }

    /**
     * The bytes; nothing is read from the client, and no {@code 100 Continue} sent to it, until this is materialised. Fails with a
     * refusal when the client breaks off.
     */
    public Source<ByteString, ?> bytes() {
        if (entity instanceof HttpEntity.Strict strict) {
            return strict.getData().isEmpty() ? Source.empty() : Source.single(strict.getData());
        }
        return entity.getDataBytes()
                .mapError(Throwable.class, RequestBody::brokenOff)
                .mapMaterializedValue(value -> {
                    begun.set(true);
                    return value;
                });
    }

    private static Throwable brokenOff(Throwable failure) {
        return new RefusedException(
                RefusalCode.BAD_REQUEST,
                "the body of the request broke off: " + failure.getMessage() + ": send the request again");
    }

    /** Number of bytes; -1 when the client did not say it. */
    public long sizeBytes() {
        return entity.getContentLengthOption().orElse(-1);
    }

    public boolean isEmpty() {
        return sizeBytes() == 0;
    }

    /** Whether some of it may still have to be read from the client although nobody began to. */
    public boolean isUnread() {
        return !(entity instanceof HttpEntity.Strict) && !begun.get();
    }

    public RequestEntity entity() {
        return entity;
    }
}
