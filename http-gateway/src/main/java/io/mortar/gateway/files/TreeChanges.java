package io.mortar.gateway.files;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.FileStore;
import io.mortar.client.file.WriteRequest;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.conditions.ReadConditions;
import io.mortar.gateway.conditions.WriteConditions;
import io.mortar.gateway.problem.Failures;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DELETE, MKCOL, MOVE and COPY. */
final class TreeChanges {
    private final FileStore store;

    TreeChanges(FileStore store) {
        this.store = store;
    }

    CompletionStage<HttpResponse> delete(GatewayRequest request, FileTarget target) {
        refuseRoot("deleted", target);
        boolean recursive = request.target().flag("recursive");
        WriteCondition condition = WriteConditions.of(request.headers());
        return checkedDirectory(target)
                .thenCompose(checked -> store.remove(target.volume(), target.path(), recursive, condition))
                .thenApply(removed -> HttpResponse.create().withStatus(204));
    }

    CompletionStage<HttpResponse> makeDirectory(GatewayRequest request, FileTarget target) {
        if (!request.body().isEmpty()) {
            throw new ProblemException(new Problem(
                    415, "UNSUPPORTED_MEDIA_TYPE", "MKCOL with a body is refused: no kind of it is known here"));
        }
        boolean parents = request.target().flag("parents");
        CompletionStage<Outcome.DirectoryMade> change = store.makeDirectory(target.volume(), target.path(), parents);
        return withStatus(withStatus(change, RefusalCode.ALREADY_EXISTS, 405), RefusalCode.NOT_FOUND, 409)
                .thenApply(made -> HttpResponse.create().withStatus(made.created() ? 201 : 204));
    }

    CompletionStage<HttpResponse> move(GatewayRequest request, FileTarget from) {
        FileTarget to = Destinations.of(request);
        refuseRoot("moved", from);
        refuseRoot("replaced", to);
        if (!to.volume().equals(from.volume())) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "cannot move " + from + " to " + to + ": a move stays in its volume; copy and delete instead");
        }
        WriteCondition condition = WriteConditions.of(request.headers());
        boolean overwrite = Destinations.overwrite(request);
        return checkedDirectory(from)
                .thenCompose(checked -> withStatus(
                        store.move(from.volume(), from.path(), to.path(), overwrite, condition),
                        RefusalCode.ALREADY_EXISTS,
                        412))
                .thenApply(moved -> HttpResponse.create().withStatus(moved.replaced() ? 204 : 201));
    }

    CompletionStage<HttpResponse> copy(GatewayRequest request, FileTarget from) {
        FileTarget to = Destinations.of(request);
        if (to.directoryMeant()) {
            throw new RefusedException(
                    RefusalCode.IS_A_DIRECTORY, "cannot copy " + from + " to " + to + ": name the file to be written");
        }
        if (to.volume().equals(from.volume()) && to.path().equals(from.path())) {
            throw new RefusedException(RefusalCode.MOVE_INTO_ITSELF, "cannot copy " + from + " to itself");
        }
        boolean overwrite = Destinations.overwrite(request);
        return store.lookup(from.volume(), from.path()).thenCompose(found -> {
            if (!(found instanceof Outcome.FileFound file) || from.directoryMeant()) {
                throw new RefusedException(
                        RefusalCode.IS_A_DIRECTORY, "cannot copy " + from + ": only files can be copied");
            }
            if (ReadConditions.evaluate(
                            request.headers(), file.file().etag(), file.file().modifiedMillis())
                    != ReadConditions.Verdict.PROCEED) {
                throw new RefusedException(
                        RefusalCode.PRECONDITION_FAILED,
                        "the condition does not hold for " + from + ": its tag is "
                                + file.file().etag());
            }
            return write(from, file.file(), to, overwrite);
        });
    }

    private CompletionStage<HttpResponse> write(FileTarget from, FileView file, FileTarget to, boolean overwrite) {
        WriteCondition condition =
                overwrite ? WriteCondition.NONE : new WriteCondition(false, true, List.of(), List.of(), -1);
        Source<ByteString, ?> content = file.striping() == null
                ? inline(file)
                : Source.lazyCompletionStageSource(() -> store.read(file, from.volume(), 0, file.sizeBytes()));
        return store.write(new WriteRequest(to.volume(), to.path(), condition, file.sizeBytes(), List.of()), content)
                .thenApply(FileWrites::written);
    }

    private static Source<ByteString, ?> inline(FileView file) {
        return file.sizeBytes() == 0
                ? Source.empty()
                : Source.single(ByteString.fromArrayUnsafe(file.inline(), 0, (int) file.sizeBytes()));
    }

    /** Looks whether an address with a slash at its end really names a directory: a slip must not cost a file. */
    private CompletionStage<Boolean> checkedDirectory(FileTarget target) {
        if (!target.directoryMeant()) {
            return CompletableFuture.completedStage(true);
        }
        return store.lookup(target.volume(), target.path()).thenApply(found -> {
            if (found instanceof Outcome.FileFound) {
                throw new RefusedException(
                        RefusalCode.NOT_A_DIRECTORY, target + " is a file: its address has no slash at the end");
            }
            return true;
        });
    }

    private static void refuseRoot(String done, FileTarget target) {
        if (target.path().isRoot()) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "the root of volume " + target.volume() + " cannot be " + done
                            + ": see 'mortar volume delete' for a whole volume");
        }
    }

    /** Gives a refusal the status that RFC 4918 has for it in this method. */
    private static <T> CompletionStage<T> withStatus(CompletionStage<T> stage, RefusalCode code, int status) {
        return stage.exceptionallyCompose(failure -> {
            Throwable cause = Failures.cause(failure);
            return CompletableFuture.failedStage(
                    cause instanceof RefusedException refused
                                    && refused.refusal().code() == code
                            ? new ProblemException(Problem.of(refused.refusal()).withStatus(status))
                            : cause);
        });
    }
}
