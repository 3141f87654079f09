package io.mortar.cli.transfer;

import io.mortar.cli.remote.Content;
import io.mortar.cli.remote.RemoteEntry;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A place in a volume. */
public record RemotePlace(RemoteFiles files, RemotePath path) implements Place {
    @Override
    public Optional<Item> find() {
        return files.find(path).map(RemotePlace::item);
    }

    @Override
    public void list(Consumer<Item> visitor) {
        files.list(path, entry -> visitor.accept(item(entry)));
    }

    @Override
    public Place child(String name) {
        return new RemotePlace(files, path.child(name));
    }

    @Override
    public String name() {
        return path.path().isRoot() ? "" : path.path().name();
    }

    @Override
    public boolean isWithin(Place other) {
        return other instanceof RemotePlace remote
                && remote.path.volume().equals(path.volume())
                && path.path().isWithin(remote.path.path());
    }

    @Override
    public Content read(Item item) {
        return new Content() {
            @Override
            public long sizeBytes() {
                return item.sizeBytes();
            }

            @Override
            public InputStream open() {
                return files.open(path, item.etag());
            }
        };
    }

    @Override
    public void write(Content content) {
        files.write(path, content);
    }

    @Override
    public void makeDirectory() {
        if (!path.path().isRoot()) {
            files.makeDirectory(path, true);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static Item item(RemoteEntry entry) {
        return new Item(entry.name(), entry.directory(), entry.sizeBytes(), entry.etag());
    }
}
