package io.mortar.gateway.admin;

import java.util.List;

/**
 * Jobs of one or all volumes, as {@code docs/api.md} describes them.
 *
 * @param unanswered volumes whose jobs are not among these because their coordinators did not say
 */
record JobsJson(boolean partial, List<JobJson> jobs, List<UnansweredJson> unanswered) {
    record UnansweredJson(String volume, String code, String text) {}
}
