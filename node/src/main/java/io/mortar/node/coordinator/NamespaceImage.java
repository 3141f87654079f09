package io.mortar.node.coordinator;

import io.mortar.journal.quorum.EventImage;
import java.util.List;

/**
 * What an event of a coordinator leaves in the rows of a replicated journal: the event is made of nothing else. To be given to
 * {@link io.mortar.journal.quorum.QuorumPersistence#start}, for {@link ReplicatedNamespace} to find the rows there.
 */
public final class NamespaceImage implements EventImage {
    @Override
    public boolean covers(int serializerId, String manifest) {
        return serializerId == NamespaceEventSerializer.IDENTIFIER && manifest.equals(NamespaceEventSerializer.BATCH);
    }

    @Override
    public List<Change> rows(byte[] event) {
        return NamespaceEventSerializer.readBatch(event).changes().stream()
                .map(change -> new Change(change.key(), change.value()))
                .toList();
    }

    @Override
    public Object marker(long sequence) {
        return new NamespaceMarker(sequence);
    }

    /** Coordinators and the registry ask for room before they persist, and must go on deleting when there is little. */
    @Override
    public boolean isGrowing(int serializerId, String manifest, byte[] event) {
        return false;
    }
}
