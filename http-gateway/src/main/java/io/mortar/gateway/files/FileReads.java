package io.mortar.gateway.files;

import akka.NotUsed;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ResponseEntity;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.FileStore;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.conditions.HttpDates;
import io.mortar.gateway.conditions.ReadConditions;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.ranges.ByteRange;
import io.mortar.gateway.ranges.MultipartRanges;
import io.mortar.gateway.ranges.RangeHeader;
import io.mortar.gateway.ranges.RangeSelection;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** GET and HEAD of files. */
final class FileReads {
    private static final HttpHeader ACCEPT_RANGES = RawHeader.create("Accept-Ranges", "bytes");
    private static final HttpHeader NO_SNIFFING = RawHeader.create("X-Content-Type-Options", "nosniff");

    /** A stored page may run scripts, but not with the address of this server: they could do here what its user can. */
    private static final HttpHeader SANDBOX =
            RawHeader.create("Content-Security-Policy", "sandbox allow-scripts allow-popups allow-downloads");

    private final FileStore store;
    private final DirectoryReads directories;

    FileReads(FileStore store) {
        this.store = store;
        this.directories = new DirectoryReads(store);
    }

    CompletionStage<HttpResponse> read(GatewayRequest request, FileTarget target, boolean headOnly) {
        return store.lookup(target.volume(), target.path()).thenCompose(found -> {
            if (found instanceof Outcome.FileFound file) {
                return answer(request, target, file.file(), headOnly);
            }
            return directories.list(request, target);
        });
    }

    private CompletionStage<HttpResponse> answer(
            GatewayRequest request, FileTarget target, FileView file, boolean headOnly) {
        if (target.directoryMeant()) {
            throw new RefusedException(
                    RefusalCode.NOT_A_DIRECTORY, target + " is a file: its address has no slash at the end");
        }
        return switch (ReadConditions.evaluate(request.headers(), file.etag(), file.modifiedMillis())) {
            case PRECONDITION_FAILED ->
                throw new RefusedException(
                        RefusalCode.PRECONDITION_FAILED,
                        "the condition does not hold for " + target + ": its tag is " + file.etag());
            case NOT_MODIFIED ->
                CompletableFuture.completedStage(HttpResponse.create()
                        .withStatus(304)
                        .addHeaders(headers(request, target, file, ContentTypes.NO_CONTENT_TYPE)));
            case PROCEED -> content(request, target, file, headOnly);
        };
    }

    private CompletionStage<HttpResponse> content(
            GatewayRequest request, FileTarget target, FileView file, boolean headOnly) {
        ContentType type = MediaTypesByName.of(target.path().name());
        HttpResponse response = HttpResponse.create().addHeaders(headers(request, target, file, type));
        if (headOnly) {
            return CompletableFuture.completedStage(
                    response.withEntity(entity(type, file.sizeBytes(), Source.empty())));
        }
        String range = request.headers().get(Name.RANGE);
        if (range == null || !ReadConditions.rangeCounts(request.headers(), file.etag(), file.modifiedMillis())) {
            return whole(response, target, file, type);
        }
        RangeSelection selection = RangeHeader.select(range, file.sizeBytes());
        if (selection instanceof RangeSelection.Whole) {
            return whole(response, target, file, type);
        }
        if (selection instanceof RangeSelection.Unsatisfiable none) {
            throw new ProblemException(
                    new Problem(
                            416,
                            "RANGE_NOT_SATISFIABLE",
                            "cannot serve range '" + range + "' of " + target + ", which has " + file.sizeBytes()
                                    + " bytes: " + none.reason()),
                    Map.of("Content-Range", "bytes */" + file.sizeBytes()));
        }
        List<ByteRange> ranges = ((RangeSelection.Parts) selection).ranges();
        return ranges.size() == 1
                ? part(response, target, file, type, ranges.get(0))
                : parts(response, target, file, type, ranges);
    }

    private CompletionStage<HttpResponse> whole(
            HttpResponse response, FileTarget target, FileView file, ContentType type) {
        if (file.sizeBytes() == 0) {
            return CompletableFuture.completedStage(
                    response.withEntity(HttpEntities.create(type, ByteString.emptyByteString())));
        }
        return bytes(response, target, file, type, new ByteRange(0, file.sizeBytes() - 1));
    }

    private CompletionStage<HttpResponse> part(
            HttpResponse response, FileTarget target, FileView file, ContentType type, ByteRange range) {
        HttpResponse partial = response.withStatus(206)
                .addHeader(RawHeader.create("Content-Range", range.contentRange(file.sizeBytes())));
        return bytes(partial, target, file, type, range);
    }

    private CompletionStage<HttpResponse> bytes(
            HttpResponse response, FileTarget target, FileView file, ContentType type, ByteRange range) {
        if (file.striping() == null) {
            return CompletableFuture.completedStage(
                    response.withEntity(HttpEntities.create(type, inline(file, range))));
        }
        return store.read(file, target.volume(), range.first(), range.length())
                .thenApply(content -> response.withEntity(entity(type, range.length(), Downloads.sliced(content))));
    }

    private CompletionStage<HttpResponse> parts(
            HttpResponse response, FileTarget target, FileView file, ContentType type, List<ByteRange> ranges) {
        String boundary = UUID.randomUUID().toString().replace("-", "");
        MultipartRanges body = new MultipartRanges(ranges, file.sizeBytes(), type.toString(), boundary);
        ContentType multipart = ContentTypes.parse("multipart/byteranges; boundary=" + boundary);
        ByteRange first = ranges.get(0);
        // The first part is asked for before the answer begins: a missing brick is then a 503 and not a broken
        // connection.
        return source(target, file, first)
                .thenApply(begun -> response.withStatus(206)
                        .withEntity(entity(
                                multipart,
                                body.sizeBytes(),
                                body.bytes(range -> range.equals(first)
                                        ? CompletableFuture.completedStage(begun)
                                        : source(target, file, range)))));
    }

    private CompletionStage<Source<ByteString, NotUsed>> source(FileTarget target, FileView file, ByteRange range) {
        if (file.striping() == null) {
            return CompletableFuture.completedStage(Source.single(inline(file, range)));
        }
        return store.read(file, target.volume(), range.first(), range.length()).thenApply(Downloads::sliced);
    }

    private static ByteString inline(FileView file, ByteRange range) {
        return ByteString.fromArrayUnsafe(file.inline(), (int) range.first(), (int) range.length());
    }

    private static ResponseEntity entity(ContentType type, long sizeBytes, Source<ByteString, NotUsed> content) {
        return sizeBytes == 0
                ? HttpEntities.create(type, ByteString.emptyByteString())
                : HttpEntities.create(type, sizeBytes, content);
    }

    private static List<HttpHeader> headers(
            GatewayRequest request, FileTarget target, FileView file, ContentType type) {
        List<HttpHeader> headers = new ArrayList<>(6);
        headers.add(RawHeader.create("ETag", file.etag().toString()));
        headers.add(RawHeader.create("Last-Modified", HttpDates.format(file.modifiedMillis())));
        headers.add(ACCEPT_RANGES);
        headers.add(NO_SNIFFING);
        if (MediaTypesByName.isActive(type)) {
            headers.add(SANDBOX);
        }
        if (request.target().flag("download")) {
            headers.add(RawHeader.create(
                    "Content-Disposition",
                    ContentDispositions.attachment(target.path().name())));
        }
        return headers;
    }
}
