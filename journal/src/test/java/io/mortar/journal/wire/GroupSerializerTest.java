package io.mortar.journal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.raft.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupSerializerTest {
    private final GroupSerializer serializer = new GroupSerializer();

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    private static PeerMessage sample(String name) {
        return Objects.requireNonNull(Samples.all().get(name));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream stored = GroupSerializerTest.class.getResourceAsStream("/wire/v1/" + name + ".hex")) {
            assertThat(stored).as("sample of " + name).isNotNull();
            return HexFormat.of().parseHex(new String(stored.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void bytes_stay_as_they_were_released(String name) throws IOException {
        assertThat(HexFormat.of().formatHex(serializer.toBinary(sample(name))))
                .isEqualTo(HexFormat.of().formatHex(golden(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_was_written_is_read(String name) throws IOException {
        assertThat(serializer.fromBinary(golden(name), serializer.manifest(sample(name))))
                .usingRecursiveComparison()
                .isEqualTo(sample(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_buffer_of_the_transport_gets_the_same_bytes_and_keeps_its_order(String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
        serializer.toBinary(sample(name), buffer);
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        assertThat(bytes).isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_that_is_cut_or_has_more_is_refused(String name) throws IOException {
        byte[] whole = golden(name);
        String manifest = serializer.manifest(sample(name));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.fromBinary(cut, manifest))
                    .as("first " + length + " bytes")
                    .isInstanceOf(WireFormatException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> serializer.fromBinary(longer, manifest)).isInstanceOf(WireFormatException.class);
    }

    @Test
    void a_kind_of_message_from_the_future_is_not_understood() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "raft.append/2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void every_kind_that_is_sent_has_a_sample() {
        Set<Class<?>> sampled = new HashSet<>();
        Samples.all().values().forEach(message -> {
            sampled.add(message.getClass());
            if (message instanceof PeerMessage.Consensus consensus) {
                sampled.add(consensus.message().getClass());
            }
        });
        assertThat(sampled).contains(PeerMessage.class.getPermittedSubclasses());
        List<Class<?>> sent = Arrays.stream(Message.class.getPermittedSubclasses())
                .filter(kind -> kind != Message.SnapshotDone.class)
                .toList();
        assertThat(sampled).containsAll(sent);
    }

    @Test
    void no_two_kinds_share_a_manifest() {
        Set<String> manifests = new TreeSet<>();
        Set<Class<?>> kinds = new HashSet<>();
        Samples.all().values().forEach(message -> {
            manifests.add(serializer.manifest(message));
            kinds.add(
                    message instanceof PeerMessage.Consensus consensus
                            ? consensus.message().getClass()
                            : message.getClass());
        });
        assertThat(manifests).hasSameSizeAs(kinds);
    }
}
