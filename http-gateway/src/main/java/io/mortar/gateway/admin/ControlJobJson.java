package io.mortar.gateway.admin;

import io.mortar.core.job.JobAction;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Body of the request to do something with a job.
 *
 * @param bytesPerSecond for {@code limit} alone; 0 for the configured rate
 */
record ControlJobJson(@Nullable String action, @Nullable Long bytesPerSecond) {
    /** The same request, checked. */
    record Checked(JobAction action, long value) {}

    /** Refused with BAD_REQUEST when something is missing, not valid or too much. */
    Checked checked() {
        JobAction known = Arrays.stream(JobAction.values())
                .filter(candidate -> candidate.word().equals(action))
                .findFirst()
                .orElseThrow(() -> refused((action == null
                                ? "\"action\" is needed"
                                : "'" + action + "' is nothing that can be done with a job")
                        + ": say one of "
                        + Arrays.stream(JobAction.values()).map(JobAction::word).collect(Collectors.joining(", "))));
        Long rate = bytesPerSecond;
        if (known != JobAction.LIMIT) {
            if (rate != null) {
                throw refused(
                        "\"bytesPerSecond\" goes with the action 'limit' only: leave it out for '" + action + "'");
            }
            return new Checked(known, 0);
        }
        if (rate == null || rate < 0) {
            throw refused("the action 'limit' needs \"bytesPerSecond\", a number from 0; 0 is the configured rate");
        }
        return new Checked(known, rate);
    }

    private static RefusedException refused(String text) {
        return new RefusedException(RefusalCode.BAD_REQUEST, text);
    }
}
