package io.mortar.gateway.admin;

import io.mortar.core.job.JobKind;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Body of the request to start a job. */
record StartJobJson(@Nullable String kind) {
    /** Refused with BAD_REQUEST when it is no kind that users start. */
    JobKind checkedKind() {
        return Arrays.stream(JobKind.values())
                .filter(known -> known.isStartedByUser() && known.word().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.BAD_REQUEST,
                        (kind == null ? "\"kind\" is needed" : "a job of the kind '" + kind + "' cannot be started")
                                + ": say one of " + startable() + "; the other kinds begin by themselves"));
    }

    private static String startable() {
        return Arrays.stream(JobKind.values())
                .filter(JobKind::isStartedByUser)
                .map(JobKind::word)
                .collect(Collectors.joining(", "));
    }
}
