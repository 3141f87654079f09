package io.mortar.node.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializationExtension;
import io.mortar.core.namespace.RowChange;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceEventSerializerTest {
    private static final NamespaceBatch BATCH = new NamespaceBatch(List.of(
            new RowChange(new byte[] {1, 2}, new byte[] {3}),
            new RowChange(new byte[] {4}, null),
            new RowChange(new byte[0], new byte[0])));

    /** What the first release writes for {@link #BATCH}. */
    private static final String BATCH_1 =
            "00000003" + "000000020102" + "0000000103" + "0000000104" + "ffffffff" + "00000000" + "00000000";

    private final NamespaceEventSerializer serializer = new NamespaceEventSerializer();

    @Test
    void a_batch_is_written_as_the_first_release_wrote_it() throws NotSerializableException {
        assertThat(serializer.manifest(BATCH)).isEqualTo("namespace.batch/1");
        assertThat(HexFormat.of().formatHex(serializer.toBinary(BATCH))).isEqualTo(BATCH_1);

        NamespaceBatch read =
                (NamespaceBatch) serializer.fromBinary(HexFormat.of().parseHex(BATCH_1), "namespace.batch/1");
        assertThat(read).usingRecursiveComparison().isEqualTo(BATCH);
    }

    @Test
    void a_marker_is_written_as_the_first_release_wrote_it() throws NotSerializableException {
        NamespaceMarker marker = new NamespaceMarker(258);

        assertThat(serializer.manifest(marker)).isEqualTo("namespace.marker/1");
        assertThat(HexFormat.of().formatHex(serializer.toBinary(marker))).isEqualTo("0000000000000102");
        assertThat(serializer.fromBinary(serializer.toBinary(marker), "namespace.marker/1"))
                .isEqualTo(marker);
    }

    @Test
    void a_manifest_of_a_newer_version_is_named() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "namespace.batch/2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("namespace.batch/2");
    }

    @Test
    void every_prefix_of_a_batch_is_refused() {
        byte[] bytes = serializer.toBinary(BATCH);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.fromBinary(cut, NamespaceEventSerializer.BATCH))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void akka_uses_it_for_events_and_snapshots() {
        ActorTestKit kit = ActorTestKit.create();
        try {
            var serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
            assertThat(serialization.findSerializerFor(BATCH)).isInstanceOf(NamespaceEventSerializer.class);
            assertThat(serialization.findSerializerFor(NamespaceMarker.EMPTY))
                    .isInstanceOf(NamespaceEventSerializer.class);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
