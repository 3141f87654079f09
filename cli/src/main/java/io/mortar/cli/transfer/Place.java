package io.mortar.cli.transfer;

import io.mortar.cli.remote.Content;
import java.util.Optional;
import java.util.function.Consumer;

/** A name in a file tree, here or in a volume, with or without something there. Prints as the user would write it. */
public interface Place {
    /** What is at a place; {@code etag} is empty where there are none. */
    record Item(String name, boolean directory, long sizeBytes, String etag) {}

    Optional<Item> find();

    /** Visits what is in this directory. */
    void list(Consumer<Item> visitor);

    Place child(String name);

    /** Last name; empty for a root. */
    String name();

    /** Whether this is {@code other} or lies below it. */
    boolean isWithin(Place other);

    /** The content of {@code item}, which {@link #find} or {@link #list} found here; reading fails if it changed since. */
    Content read(Item item);

    /** Puts a file here, all of it or nothing; one that is here already is replaced. */
    void write(Content content);

    /** Makes a directory here and above, where missing. */
    void makeDirectory();
}
