package io.mortar.node.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.protocol.wire.Tags;
import java.io.NotSerializableException;
import org.junit.jupiter.api.Test;

class StoredRecordSerializerTest {
    record Counted(long count) {}

    private static final class Sample extends StoredRecordSerializer {
        Sample() {
            super(999, new Tags().with("counted.v1", Counted.class));
        }
    }

    private final Sample serializer = new Sample();

    @Test
    void a_record_comes_back_under_its_tag() throws Exception {
        Counted stored = new Counted(7);

        assertThat(serializer.manifest(stored)).isEqualTo("counted.v1");
        assertThat(serializer.fromBinary(serializer.toBinary(stored), "counted.v1"))
                .isEqualTo(stored);
    }

    @Test
    void a_tag_of_a_newer_version_is_named() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "counted.v2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("counted.v2");
    }
}
