package io.mortar.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Reason WARN = Reason.warn(ReasonCode.NEAR_FULL, "brick a is nearly full");
    private static final Reason ERROR = Reason.error(ReasonCode.BRICK_DOWN, "brick b is down");

    @Test
    void the_worst_reason_decides() {
        assertThat(Verdict.of(List.of())).isEqualTo(Verdict.OK);
        assertThat(Verdict.of(List.of(WARN))).isEqualTo(Verdict.WARN);
        assertThat(Verdict.of(List.of(WARN, ERROR, WARN))).isEqualTo(Verdict.ERROR);
    }

    @Test
    void there_is_no_reason_for_all_is_well() {
        assertThatThrownBy(() -> new Reason(ReasonCode.NODE_DOWN, Verdict.OK, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
