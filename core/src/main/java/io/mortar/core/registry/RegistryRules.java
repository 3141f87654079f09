package io.mortar.core.registry;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Optional;

/** Decides about the registry's commands; changes nothing. */
public final class RegistryRules {
    private final RegistryLimits limits;

    public RegistryRules(RegistryLimits limits) {
        this.limits = limits;
    }

    /** The events to persist, or why there are none. A command that asks for what is the case already is accepted without events. */
    public Decision decide(RegistryState state, RegistryCommand command) {
        if (command instanceof RegistryCommand.RegisterNode c) {
            return NodeRules.register(state, c, limits);
        }
        if (command instanceof RegistryCommand.ForgetNode c) {
            return NodeRules.forget(state, c);
        }
        if (command instanceof RegistryCommand.CreateVolume c) {
            return CreationRules.create(state, c, limits);
        }
        if (command instanceof RegistryCommand.CompleteCreation c) {
            return inState(state, c.volume(), VolumeState.CREATING, new RegistryEvent.VolumeCreated(c.volume()));
        }
        if (command instanceof RegistryCommand.RollBackCreation c) {
            return inState(
                    state,
                    c.volume(),
                    VolumeState.CREATING,
                    new RegistryEvent.VolumeCreateFailed(c.volume(), c.reason()));
        }
        if (command instanceof RegistryCommand.StartVolume c) {
            return start(state, c.name());
        }
        if (command instanceof RegistryCommand.StopVolume c) {
            return stop(state, c.name());
        }
        if (command instanceof RegistryCommand.DeleteVolume c) {
            return delete(state, c.name());
        }
        if (command instanceof RegistryCommand.CompleteDeletion c) {
            return inState(state, c.volume(), VolumeState.DELETING, new RegistryEvent.VolumeDeleted(c.volume()));
        }
        if (command instanceof RegistryCommand.CompleteRelease c) {
            return state.releasing(c.brick()).isPresent()
                    ? accepted(new RegistryEvent.BrickReleased(c.brick()))
                    : accepted();
        }
        return MembershipRules.decide(state, command, limits);
    }

    /** Steps of the registry's own sagas are repeated after a crash: one that was made already is nothing to do. */
    private static Decision inState(RegistryState state, VolumeId volume, VolumeState wanted, RegistryEvent event) {
        Optional<RegisteredVolume> found = state.volume(volume);
        return found.isPresent() && found.get().state() == wanted ? accepted(event) : accepted();
    }

    private static Decision start(RegistryState state, VolumeName name) {
        Optional<RegisteredVolume> found = state.volume(name);
        if (found.isEmpty()) {
            return volumeNotFound(name);
        }
        RegisteredVolume volume = found.get();
        return switch (volume.state()) {
            case CREATED, STOPPED -> accepted(new RegistryEvent.VolumeStarted(volume.id()));
            case STARTED -> accepted();
            case CREATING, DELETING -> notReady(volume, "started");
        };
    }

    private static Decision stop(RegistryState state, VolumeName name) {
        Optional<RegisteredVolume> found = state.volume(name);
        if (found.isEmpty()) {
            return volumeNotFound(name);
        }
        RegisteredVolume volume = found.get();
        return switch (volume.state()) {
            case STARTED -> accepted(new RegistryEvent.VolumeStopped(volume.id()));
            case CREATED, STOPPED -> accepted();
            case CREATING, DELETING -> notReady(volume, "stopped");
        };
    }

    private static Decision delete(RegistryState state, VolumeName name) {
        Optional<RegisteredVolume> found = state.volume(name);
        if (found.isEmpty()) {
            return volumeNotFound(name);
        }
        RegisteredVolume volume = found.get();
        return switch (volume.state()) {
            case CREATED, STOPPED ->
                volume.adding() == null
                        ? accepted(new RegistryEvent.VolumeDeleting(volume.id()))
                        : MembershipRules.busy(volume, "volume '" + name + "' was not deleted");
            case DELETING -> accepted();
            case STARTED ->
                refused(
                        RefusalCode.VOLUME_NOT_STOPPED,
                        "volume '" + name + "' was not deleted: it is started; run 'mortar volume stop " + name
                                + "' first");
            case CREATING -> notReady(volume, "deleted");
        };
    }

    static Decision notReady(RegisteredVolume volume, String attempt) {
        boolean creating = volume.state() == VolumeState.CREATING;
        return refused(
                RefusalCode.VOLUME_NOT_FOUND,
                "volume '" + volume.name() + "' was not " + attempt + ": it is being "
                        + (creating ? "created; try again in a moment" : "deleted; it will not come back"));
    }

    /** For queries, too: there is no such volume. */
    public static Decision.Refused volumeNotFound(VolumeName name) {
        return refused(
                RefusalCode.VOLUME_NOT_FOUND,
                "there is no volume '" + name + "'; 'mortar volume list' shows those there are");
    }

    static Decision.Accepted accepted(RegistryEvent... events) {
        return new Decision.Accepted(List.of(events));
    }

    static Decision.Refused refused(RefusalCode code, String text) {
        return new Decision.Refused(new Refusal(code, text));
    }
}
