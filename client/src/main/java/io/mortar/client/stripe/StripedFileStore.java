package io.mortar.client.stripe;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.FileStore;
import io.mortar.client.file.WriteRequest;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.concurrent.CompletionStage;

/** The pool's files over the cluster. */
public final class StripedFileStore implements FileStore {
    private final NamespaceClient namespace;
    private final StripedWriter writer;
    private final StripedReader reader;

    public StripedFileStore(NamespaceClient namespace, StripedWriter writer, StripedReader reader) {
        this.namespace = namespace;
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public CompletionStage<Outcome> lookup(VolumeName volume, VolumePath path) {
        return namespace.query(Outcome.class, volume, new Query.Lookup(path));
    }

    @Override
    public CompletionStage<Outcome.Listing> list(VolumeName volume, VolumePath path, String after, int limit) {
        return namespace.query(Outcome.Listing.class, volume, new Query.ListDirectory(path, after, limit));
    }

    @Override
    public CompletionStage<Outcome.Written> write(WriteRequest request, Source<ByteString, ?> content) {
        return writer.write(request, content);
    }

    @Override
    public CompletionStage<Outcome.Written> write(WriteRequest request, ByteString content) {
        return writer.write(request, content);
    }

    @Override
    public CompletionStage<Source<ByteString, NotUsed>> read(
            FileView file, VolumeName volume, long offset, long length) {
        return reader.read(file, volume, offset, length);
    }

    @Override
    public CompletionStage<Outcome.Removed> remove(
            VolumeName volume, VolumePath path, boolean recursive, WriteCondition condition) {
        return namespace.change(Outcome.Removed.class, volume, new Command.Remove(path, recursive, condition));
    }

    @Override
    public CompletionStage<Outcome.DirectoryMade> makeDirectory(VolumeName volume, VolumePath path, boolean parents) {
        return namespace.change(Outcome.DirectoryMade.class, volume, new Command.MakeDirectory(path, parents));
    }

    @Override
    public CompletionStage<Outcome.Moved> move(
            VolumeName volume, VolumePath from, VolumePath to, boolean overwrite, WriteCondition condition) {
        return namespace.change(Outcome.Moved.class, volume, new Command.Move(from, to, overwrite, condition));
    }
}
