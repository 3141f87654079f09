package io.mortar.gateway.admin;

import io.mortar.core.health.Reason;
import java.util.List;

/** Why something is not as it should be. */
record ReasonJson(String code, String verdict, String text) {
    static List<ReasonJson> of(List<Reason> reasons) {
        return reasons.stream()
                .map(reason ->
                        new ReasonJson(reason.code().name(), reason.verdict().name(), reason.text()))
                .toList();
    }
}
