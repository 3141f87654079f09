package io.mortar.gateway.listing;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mortar.core.namespace.Outcome;
import io.mortar.gateway.json.Json;
import io.mortar.gateway.json.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A directory page as JSON; written as a stream, since a page has up to 10 000 entries. */
public final class ListingJson {
    private static final int ENTRY_BYTES_ESTIMATE = 128;

    private ListingJson() {}

    /** The page as UTF-8. */
    public static ByteString render(ListingPage page) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 + page.listing().entries().size() * ENTRY_BYTES_ESTIMATE);
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("volume", page.volume().value());
            json.writeStringField("path", page.directory().toString());
            json.writeArrayFieldStart("entries");
            for (Outcome.Entry entry : page.listing().entries()) {
                writeEntry(json, page.listing(), entry);
            }
            json.writeEndArray();
            Optional<String> next = page.next();
            if (next.isPresent()) {
                json.writeStringField("next", next.get());
            } else {
                json.writeNullField("next");
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a listing of " + page.directory(), e);
        }
        return ByteString.fromArrayUnsafe(bytes.toByteArray());
    }

    private static void writeEntry(JsonGenerator json, Outcome.Listing listing, Outcome.Entry entry)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeStringField("type", entry.directory() ? "directory" : "file");
        json.writeNumberField("size", entry.sizeBytes());
        json.writeStringField("mtime", Times.iso(entry.modifiedMillis()));
        if (entry.directory()) {
            json.writeNullField("etag");
        } else {
            json.writeStringField("etag", listing.etag(entry).toString());
        }
        json.writeEndObject();
    }
}
