package io.mortar.journal.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipCodecTest {
    private static final Membership MEMBERSHIP =
            new Membership(List.of(Member.voter(new MemberId("n1"), "h:1"), Member.learner(new MemberId("n2"), "")));

    /** Stored logs hold this form: it may only be changed along with the version. */
    private static final String VERSION_1 =
            "01" + "0002" + "01" + "00026e31" + "0003683a31" + "02" + "00026e32" + "0000";

    @Test
    void version_1_stays_readable() {
        assertThat(HexFormat.of().formatHex(MembershipCodec.encode(MEMBERSHIP))).isEqualTo(VERSION_1);
        assertThat(MembershipCodec.decode(HexFormat.of().parseHex(VERSION_1))).isEqualTo(MEMBERSHIP);
    }

    @Test
    void anything_else_is_refused() {
        byte[] bytes = MembershipCodec.encode(MEMBERSHIP);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> MembershipCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> MembershipCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("followed by");
        bytes[0] = 2;
        assertThatThrownBy(() -> MembershipCodec.decode(bytes)).hasMessageContaining("version 2");
    }
}
