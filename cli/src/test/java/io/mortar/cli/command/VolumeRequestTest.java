package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeRequestTest {
    @Test
    void keywords_and_bricks_come_in_any_order() {
        VolumeRequest expected = parse("bt-vol stripe 3 replica 1 stripe-unit 256KiB bt1:/bt1 bt2:/bt2 bt3:/bt3");
        assertThat(parse("bt-vol bt1:/bt1 bt2:/bt2 bt3:/bt3 stripe-unit 256k stripe 3"))
                .isEqualTo(expected);
        assertThat(parse("bt-vol replica 1 bt1:/bt1 stripe 3 bt2:/bt2 stripe-unit 262144 bt3:/bt3/"))
                .isEqualTo(expected);
        assertThat(expected.stripeUnitBytes()).isEqualTo(256 * 1024);
    }

    @Test
    void without_stripe_files_go_over_all_bricks() {
        assertThat(parse("v bt1:/a bt2:/a").stripeCount()).isEqualTo(2);
        assertThat(parse("v bt1:/a bt2:/a").stripeUnitBytes()).isEqualTo(1024 * 1024);
    }

    @Test
    void what_the_node_decides_is_passed_on() {
        assertThat(parse("v stripe 2 replica 2 bt1:/a bt2:/a bt3:/a bt4:/a").toJson())
                .hasToString("{\"name\":\"v\",\"stripe\":2,\"replica\":2,\"stripeUnitBytes\":1048576,"
                        + "\"bricks\":[\"bt1:/a\",\"bt2:/a\",\"bt3:/a\",\"bt4:/a\"]}");
    }

    @Test
    void wrong_words_are_named() {
        assertRefused("", "name of the volume is missing");
        assertRefused("v", "bricks are missing");
        assertRefused("bad/name bt1:/a", "volume name 'bad/name' is not valid");
        assertRefused("v strip 3 bt1:/a", "'strip' is neither a keyword");
        assertRefused("v stripe x bt1:/a", "'stripe x'");
        assertRefused("v stripe 0 bt1:/a", "'stripe 0'");
        assertRefused("v stripe 99999999999 bt1:/a", "'stripe 99999999999'");
        assertRefused("v bt1:/a stripe", "value after 'stripe' is missing");
        assertRefused("v stripe 1 stripe 2 bt1:/a", "'stripe' is given twice");
        assertRefused("v stripe-unit much bt1:/a", "'much' is not a size");
        assertRefused("v bt1:/a bt1:/a/", "brick bt1:/a is named twice");
        assertRefused("v bt1:relative", "NODE:/absolute/path");
        assertRefused("v BT1:/a", "node name 'BT1' is not valid");
        assertRefused("v bt1:/", "not an absolute path");
    }

    private static VolumeRequest parse(String words) {
        return VolumeRequest.parse(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    private static void assertRefused(String words, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(words)).withMessageContaining(text);
    }
}
