package io.mortar.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.volume.VolumeState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedTypesTest {
    @Test
    void every_command_is_decided_and_every_event_evolves() {
        List<RegistryCommand> commands = List.of(
                new RegistryCommand.RegisterNode(Samples.node(4), Samples.name(4), "10.0.0.4:2551"),
                new RegistryCommand.ForgetNode(Samples.name(4), Set.of()),
                Samples.createStandard(),
                new RegistryCommand.RollBackCreation(Samples.FIRST, "no"),
                new RegistryCommand.CompleteRelease(Samples.brick(0)));
        List<RegistryCommand> life = List.of(
                new RegistryCommand.CompleteCreation(Samples.FIRST),
                new RegistryCommand.StartVolume(Samples.VOLUME),
                new RegistryCommand.StopVolume(Samples.VOLUME),
                new RegistryCommand.DeleteVolume(Samples.VOLUME),
                new RegistryCommand.CompleteDeletion(Samples.FIRST));
        List<RegistryCommand> bricks = List.of(
                Samples.add("bt1:/b4"),
                new RegistryCommand.RollBackAddition(Samples.FIRST, List.of(Samples.brick(50)), "no"),
                new RegistryCommand.ReplaceBrick(
                        Samples.VOLUME,
                        Samples.place("bt1:/b1"),
                        Samples.place("bt1:/new"),
                        Samples.brick(60),
                        Samples.ALL),
                new RegistryCommand.CompleteAddition(Samples.FIRST, List.of(Samples.brick(60))),
                new RegistryCommand.DetachBrick(Samples.FIRST, Samples.brick(0), 1),
                new RegistryCommand.SetReplica(Samples.VOLUME, 2),
                new RegistryCommand.RemoveBricks(Samples.VOLUME, List.of(Samples.place("bt2:/b2"))),
                new RegistryCommand.StopRemoval(Samples.VOLUME, List.of(Samples.place("bt2:/b2"))));
        Walk walk = new Walk();

        walk.take(Samples.POOL, commands);
        walk.take(Samples.volumeIn(VolumeState.CREATING), life);
        walk.take(Samples.volumeIn(VolumeState.STARTED), bricks);

        assertThat(walk.commands).containsExactlyInAnyOrder(RegistryCommand.class.getPermittedSubclasses());
        assertThat(walk.events).containsExactlyInAnyOrder(RegistryEvent.class.getPermittedSubclasses());
    }

    private static final class Walk {
        private final Set<Class<?>> commands = new HashSet<>();
        private final Set<Class<?>> events = new HashSet<>();

        void take(RegistryState start, List<RegistryCommand> sequence) {
            RegistryState state = start;
            for (RegistryCommand command : sequence) {
                commands.add(command.getClass());
                Samples.events(state, command).forEach(e -> events.add(e.getClass()));
                state = Samples.after(state, command);
            }
        }
    }
}
