package io.mortar.gateway.listing;

import io.mortar.core.namespace.Outcome;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.Optional;

/**
 * One page of a directory, ready to be shown.
 *
 * @param request what was asked for
 */
public record ListingPage(VolumeName volume, VolumePath directory, PageRequest request, Outcome.Listing listing) {
    /** The {@code after} of the next page; empty on the last one. */
    public Optional<String> next() {
        List<Outcome.Entry> entries = listing.entries();
        return listing.complete() || entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).name());
    }
}
