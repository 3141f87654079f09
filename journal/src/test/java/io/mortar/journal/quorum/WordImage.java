package io.mortar.journal.quorum;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Byte arrays such as {@code a=1,b=2,-c}: rows to put and to delete. Events that begin with a minus do not grow the store, texts included. */
final class WordImage implements EventImage {
    /** Akka's serializer for byte arrays. */
    private static final int BYTE_ARRAYS = 4;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean covers(int serializerId, String manifest) {
        return serializerId == BYTE_ARRAYS;
    }

    @Override
    public List<Change> rows(byte[] event) {
        List<Change> changes = new ArrayList<>();
        for (String word : new String(event, StandardCharsets.UTF_8).split(",")) {
            int at = word.indexOf('=');
            changes.add(
                    at < 0
                            ? new Change(bytes(word.substring(1)), null)
                            : new Change(bytes(word.substring(0, at)), bytes(word.substring(at + 1))));
        }
        return changes;
    }

    @Override
    public Object marker(long sequence) {
        return "marker-" + sequence;
    }

    @Override
    public boolean isGrowing(int serializerId, String manifest, byte[] event) {
        return event[0] != '-';
    }
}
