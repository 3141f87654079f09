package io.mortar.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import akka.actor.ActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every message through the serializers that a real actor system chooses for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
    private static final Path GOLDEN = Path.of("src/test/resources/wire/v1");
    private static final Set<Class<?>> BULK = Set.of(BrickProtocol.StoreChunk.class, BrickProtocol.ChunkData.class);

    private ActorSystem system = ActorSystem.create("mortar");
    private Serialization serialization = SerializationExtension.get(system);
    private Map<String, Record> samples = Map.of();

    @BeforeAll
    void makeSamples() {
        samples = Samples.all(ActorRefResolver.get(Adapter.toTyped(system)));
    }

    @AfterAll
    void stop() {
        system.terminate();
    }

    private SerializerWithStringManifest serializer(Record message) {
        return (SerializerWithStringManifest) serialization.findSerializerFor(message);
    }

    /** One of the serializers directly: a command or a query travels inside a request and has no binding of its own. */
    private SerializerWithStringManifest wire(Record message) {
        boolean nested = isPart(message);
        return nested
                ? (SerializerWithStringManifest)
                        serialization.serializerByIdentity().apply(730_100)
                : serializer(message);
    }

    private byte[] encode(Record message) {
        return wire(message).toBinary(message);
    }

    private Record decode(Record like, byte[] bytes) throws NotSerializableException {
        SerializerWithStringManifest wire = wire(like);
        return (Record) wire.fromBinary(bytes, wire.manifest(like));
    }

    private static boolean deepEquals(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Record record && b != null && a.getClass() == b.getClass()) {
            return Arrays.stream(record.getClass().getRecordComponents())
                    .allMatch(component -> deepEquals(component(component, a), component(component, b)));
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return left.size() == right.size()
                    && Stream.iterate(0, i -> i + 1)
                            .limit(left.size())
                            .allMatch(i -> deepEquals(left.get(i), right.get(i)));
        }
        return java.util.Objects.deepEquals(a, b);
    }

    private static @Nullable Object component(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("component " + component + " cannot be read", e);
        }
    }

    @Test
    void every_tag_has_a_sample() {
        Set<String> sampled = new LinkedHashSet<>();
        samples.keySet().forEach(name -> sampled.add(name.replaceFirst("~.*", "")));
        Set<String> known = new LinkedHashSet<>(WireTable.tags().all().keySet());
        known.addAll(List.of("chunk.store", "chunk.data"));
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(known);
        WireTable.tags()
                .all()
                .forEach((tag, type) -> assertThat(samples.get(tag)).isInstanceOf(type));
    }

    @Test
    void what_was_sent_before_there_were_copies_says_that_there_is_one() throws IOException {
        Outcome.WriteOpened opened = (Outcome.WriteOpened) decodeFormer("ns.opened");
        assertThat(opened.striping().layout().replicaCount()).isEqualTo(1);
        assertThat(opened.striping().layout().width()).isEqualTo(2);
        assertThat(opened.unavailable()).isEmpty();
        assertThat(((Command.CommitWrite) decodeFormer("ns.commit")).missing()).isEmpty();
        RegistryProtocol.VolumeDescribed volume = (RegistryProtocol.VolumeDescribed) decodeFormer("reg.volume");
        assertThat(volume.volume().usage().reducedFileCount()).isZero();
        assertThat(volume.volume().bricks())
                .isNotEmpty()
                .allMatch(brick -> !brick.leaving() && brick.successor() == null);
    }

    private Record decodeFormer(String tag) throws IOException {
        String hex = Files.readString(GOLDEN.resolveSibling("before-replicas").resolve(tag + ".hex"));
        return decode(
                java.util.Objects.requireNonNull(samples.get(tag)),
                HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    @Test
    void every_record_behind_a_sealed_type_of_the_protocol_has_a_tag() {
        Set<Class<?>> roots =
                new LinkedHashSet<>(List.of(Command.class, Query.class, ProposedChange.class, Outcome.class));
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.mortar.protocol")
                .forEach(found -> roots.add(found.reflect()));
        roots.removeIf(type -> !type.isSealed());
        assertThat(roots).hasSizeGreaterThan(10);
        Tags tags = WireTable.tags();
        for (Class<?> root : roots) {
            for (Class<?> leaf : leaves(root)) {
                if (!BULK.contains(leaf)) {
                    assertThat(tags.tagOf(leaf)).as(leaf.getName()).isNotEmpty();
                }
            }
        }
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return Set.of(type);
        }
        Set<Class<?>> leaves = new LinkedHashSet<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }

    /** Whether it travels only within another message. */
    private static boolean isPart(Record message) {
        return message instanceof Command || message instanceof Query || message instanceof ProposedChange;
    }

    @Test
    void every_message_that_is_sent_is_bound_to_a_serializer_of_ours() {
        samples.forEach((name, message) -> {
            if (!isPart(message)) {
                Class<?> expected = BULK.contains(message.getClass()) ? ChunkSerializer.class : MessageSerializer.class;
                assertThat(serializer(message)).as(name).isInstanceOf(expected);
            }
        });
    }

    @Test
    void every_message_comes_back_as_it_was() throws NotSerializableException {
        for (Map.Entry<String, Record> sample : samples.entrySet()) {
            Record read = decode(sample.getValue(), encode(sample.getValue()));
            assertThat(deepEquals(read, sample.getValue()))
                    .as("%s came back as %s", sample.getValue(), read)
                    .isTrue();
        }
    }

    @Test
    void bulk_messages_come_back_from_a_buffer_too() throws NotSerializableException {
        for (String name : List.of("chunk.store", "chunk.data")) {
            Record message = samples.getOrDefault(name, new Outcome.Removed());
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            ByteBufferSerializer bulk = (ByteBufferSerializer) serializer(message);
            bulk.toBinary(message, buffer);
            assertThat(buffer.position()).isEqualTo(encode(message).length);
            buffer.flip();
            assertThat(bulk.fromBinary(buffer, serializer(message).manifest(message)))
                    .isEqualTo(message);
        }
    }

    /**
     * The bytes of version 1, once for all. A new message: run with {@code -Dgolden=write}, which writes files that are missing. A
     * message that was released must not change in any other way than by components added at its end.
     */
    @Test
    void the_bytes_are_those_of_version_1() throws IOException {
        Map<String, String> differing = new TreeMap<>();
        for (Map.Entry<String, Record> sample : samples.entrySet()) {
            Path file = GOLDEN.resolve(sample.getKey() + ".hex");
            String now = lines(encode(sample.getValue()));
            if (!Files.exists(file) && "write".equals(System.getProperty("golden"))) {
                Files.writeString(file, now);
            }
            if (!Files.exists(file)) {
                differing.put(sample.getKey(), "has no file: run with -Dgolden=write");
            } else if (!Files.readString(file).equals(now)) {
                differing.put(sample.getKey(), "now is\n" + now);
            } else {
                Record read = decode(sample.getValue(), HexFormat.of().parseHex(now.replace("\n", "")));
                assertThat(deepEquals(read, sample.getValue()))
                        .as(sample.getKey())
                        .isTrue();
            }
        }
        assertThat(differing).isEmpty();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".hex", "")))
                    .containsExactlyInAnyOrderElementsOf(samples.keySet());
        }
    }

    @Test
    void a_knock_of_0_1_0_is_read_and_names_no_journal() throws IOException {
        Record sample = Objects.requireNonNull(samples.get("join.knock~new"));
        byte[] then = HexFormat.of()
                .parseHex("0000005300000000100123456789abcdef000000000000000300000007000000"
                        + "036274310000000d31302e302e302e313a32353531000000010000001a616b6b"
                        + "613a2f2f6d6f727461722f757365722f626f6f74233231");
        assertThat(deepEquals(decode(sample, then), sample)).isTrue();
    }

    /** 32 bytes a line. */
    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{64})(?=.)", "$1\n") + "\n";
    }

    @Test
    void a_message_cut_short_anywhere_is_refused() {
        samples.forEach((name, message) -> {
            byte[] whole = encode(message);
            for (int size = 0; size < whole.length; size++) {
                byte[] cut = Arrays.copyOf(whole, size);
                assertThatThrownBy(() -> decode(message, cut))
                        .as("%s cut to %d of %d bytes", name, size, whole.length)
                        .isInstanceOfAny(WireFormatException.class, NotSerializableException.class);
            }
        });
    }

    @Test
    void bytes_after_a_message_are_refused() {
        samples.forEach((name, message) -> {
            byte[] whole = encode(message);
            assertThatThrownBy(() -> decode(message, Arrays.copyOf(whole, whole.length + 1)))
                    .as(name)
                    .isInstanceOf(WireFormatException.class);
        });
    }

    @Test
    void damaged_bytes_are_refused_or_read_as_another_message_but_do_nothing_else() {
        Seeds.upTo(400).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            samples.forEach((name, message) -> {
                byte[] bytes = encode(message);
                int flips = 1 + random.nextInt(4);
                for (int i = 0; i < flips; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                tolerate(name, message, bytes, seed);
            });
        });
    }

    @Test
    void noise_under_any_tag_is_refused_or_read_as_a_message_but_does_nothing_else() {
        Seeds.upTo(200).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            samples.forEach((name, message) -> {
                byte[] bytes = new byte[4 + random.nextInt(60)];
                random.nextBytes(bytes);
                ByteBuffer.wrap(bytes).putInt(0, bytes.length - 4);
                tolerate(name, message, bytes, seed);
            });
        });
    }

    private void tolerate(String name, Record message, byte[] bytes, long seed) {
        try {
            Record read = decode(message, bytes);
            assertThat(read).isInstanceOf(message.getClass());
        } catch (WireFormatException | NotSerializableException e) {
            assertThat(e).hasMessageNotContaining("null");
        } catch (RuntimeException | Error e) {
            fail(name + " with -Dseed=" + seed, e);
        }
    }

    @Test
    void an_unknown_tag_is_refused_as_the_message_of_a_newer_version() {
        SerializerWithStringManifest wire = wire(new Outcome.Removed());
        assertThatThrownBy(() -> wire.fromBinary(new byte[4], "ns.not-yet-invented"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("ns.not-yet-invented");
        SerializerWithStringManifest bulk = serializer(samples.getOrDefault("chunk.data", new Outcome.Removed()));
        assertThatThrownBy(() -> bulk.fromBinary(new byte[4], "chunk.data/9"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("chunk.data/9");
    }
}
