package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.registry.Addition;
import io.mortar.core.registry.Departure;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredNode;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryEventSerializerTest {
    private static final NodeId NODE = new NodeId(new UUID(1, 2));
    private static final VolumeId VOLUME = new VolumeId(7);
    private static final BrickId BRICK = new BrickId(new UUID(3, 4));
    private static final OwnedBrick OWNED = new OwnedBrick(BRICK, NODE, BrickLocation.parse("bt1:/srv/brick"));

    private final RegistryEventSerializer serializer = new RegistryEventSerializer();

    /** One of every stored type. */
    static Stream<Record> samples() {
        VolumeName name = new VolumeName("bt-vol");
        VolumeSpec spec = new VolumeSpec(3, 1, 65536);
        return Stream.of(
                new RegistryEvent.NodeRegistered(NODE, new NodeName("bt1"), "10.0.0.1:2551"),
                new RegistryEvent.NodeForgotten(NODE),
                new RegistryEvent.VolumeCreating(VOLUME, name, spec, 1_700_000_000_000L, List.of(OWNED)),
                new RegistryEvent.VolumeCreated(VOLUME),
                new RegistryEvent.VolumeCreateFailed(VOLUME, "brick bt1:/srv/brick: not empty"),
                new RegistryEvent.VolumeStarted(VOLUME),
                new RegistryEvent.VolumeStopped(VOLUME),
                new RegistryEvent.VolumeDeleting(VOLUME),
                new RegistryEvent.VolumeDeleted(VOLUME),
                new RegistryEvent.BrickReleased(BRICK),
                new RegistryEvent.BricksAdding(VOLUME, List.of(OWNED), BRICK),
                new RegistryEvent.BricksAdded(VOLUME),
                new RegistryEvent.BricksAddFailed(VOLUME, "brick bt1:/srv/brick: not empty"),
                new RegistryEvent.BrickLeaving(VOLUME, BRICK, null, 4),
                new RegistryEvent.DepartureStopped(VOLUME, BRICK),
                new RegistryEvent.BrickDetached(VOLUME, BRICK),
                new RegistryEvent.ReplicaChanged(VOLUME, spec, 2),
                state(new RegisteredVolume(
                        VOLUME,
                        name,
                        spec,
                        VolumeState.STARTED,
                        1000,
                        List.of(OWNED),
                        List.of(new Departure(BRICK, new BrickId(new UUID(5, 6)), 4)),
                        2,
                        5,
                        new Addition(List.of(OWNED), null))));
    }

    private static RegistryState state(RegisteredVolume volume) {
        return new RegistryState(
                List.of(new RegisteredNode(NODE, new NodeName("bt1"), "10.0.0.1:2551")),
                List.of(volume),
                List.of(OWNED),
                9);
    }

    @Test
    void a_snapshot_from_before_bricks_could_leave_has_volumes_whose_bricks_stay() throws Exception {
        byte[] bytes = HexFormat.of().parseHex(golden("registry-events-former").getProperty("registry.state.v1"));

        assertThat(serializer.fromBinary(bytes, "registry.state.v1"))
                .isEqualTo(state(new RegisteredVolume(
                        VOLUME,
                        new VolumeName("bt-vol"),
                        new VolumeSpec(3, 1, 65536),
                        VolumeState.STARTED,
                        1000,
                        List.of(OWNED))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytes_of_version_1_are_written_and_read_for_good(Record sample) throws Exception {
        String tag = serializer.manifest(sample);
        String golden = golden().getProperty(tag, "");

        assertThat(HexFormat.of().formatHex(serializer.toBinary(sample)))
                .as(tag)
                .isEqualTo(golden);
        assertThat(serializer.fromBinary(HexFormat.of().parseHex(golden), tag)).isEqualTo(sample);
    }

    @Test
    void every_event_has_a_tag_and_a_sample() {
        List<Class<?>> sampled = samples()
                .<Class<?>>map(Record::getClass)
                .filter(c -> c != RegistryState.class)
                .toList();

        assertThat(sampled).containsExactlyInAnyOrder(RegistryEvent.class.getPermittedSubclasses());
        assertThat(golden().stringPropertyNames())
                .isEqualTo(RegistryEventSerializer.tags().all().keySet());
    }

    private static Properties golden() {
        return golden("registry-events-v1");
    }

    private static Properties golden(String name) {
        Properties properties = new Properties();
        try (InputStream in = RegistryEventSerializerTest.class.getResourceAsStream(name + ".properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
