package io.mortar.gateway.files;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import io.mortar.client.file.FileStore;
import io.mortar.client.file.WriteRequest;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.conditions.HttpDates;
import io.mortar.gateway.conditions.WriteConditions;
import io.mortar.gateway.digests.RequestDigests;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** PUT of files. */
final class FileWrites {
    private final FileStore store;

    FileWrites(FileStore store) {
        this.store = store;
    }

    CompletionStage<HttpResponse> put(GatewayRequest request, FileTarget target) {
        if (target.directoryMeant()) {
            throw new RefusedException(
                    RefusalCode.IS_A_DIRECTORY,
                    target
                            + " is named as a directory, by the slash at its end: PUT writes files, MKCOL makes directories");
        }
        if (request.headers().has(Name.CONTENT_RANGE)) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "PUT with Content-Range is not supported by this version: send the whole file");
        }
        refuseContentCoding(request);
        WriteRequest write = new WriteRequest(
                target.volume(),
                target.path(),
                WriteConditions.of(request.headers()),
                request.body().sizeBytes(),
                RequestDigests.of(request.headers()));
        Optional<ByteString> arrived = request.body().arrived();
        return (arrived.isPresent()
                        ? store.write(write, arrived.get())
                        : store.write(write, request.body().bytes()))
                .thenApply(FileWrites::written);
    }

    static HttpResponse written(Outcome.Written written) {
        return HttpResponse.create()
                .withStatus(written.created() ? 201 : 204)
                .addHeader(RawHeader.create("ETag", ETag.of(written.version()).toString()))
                .addHeader(RawHeader.create("Last-Modified", HttpDates.format(written.modifiedMillis())));
    }

    private static void refuseContentCoding(GatewayRequest request) {
        String coding = request.headers().get(Name.CONTENT_ENCODING);
        if (coding != null && !coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ProblemException(
                    new Problem(
                            415,
                            "UNSUPPORTED_MEDIA_TYPE",
                            "PUT with Content-Encoding '" + coding
                                    + "' is refused, since the coding would be lost: send the file without that header, as it is"));
        }
    }
}
