package io.mortar.core.registry;

import static io.mortar.core.registry.RegistryRules.accepted;
import static io.mortar.core.registry.RegistryRules.refused;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a volume may be given more bricks, or another one for one that it has, and how that ends. */
final class AdditionRules {
    private AdditionRules() {}

    static Decision add(
            RegistryState state, RegisteredVolume volume, RegistryCommand.AddBricks c, RegistryLimits limits) {
        String attempt = "no brick was added to volume '" + volume.name() + "'";
        Addition adding = volume.adding();
        if (adding != null) {
            return adding.replaced() == null && adding.isAt(c.locations())
                    ? accepted()
                    : MembershipRules.busy(volume, attempt);
        }
        if (c.locations().isEmpty()) {
            return refused(RefusalCode.BAD_REQUEST, attempt + ": no brick is given");
        }
        List<BrickLocation> staying =
                volume.staying().stream().map(OwnedBrick::location).toList();
        if (staying.containsAll(c.locations())) {
            return accepted();
        }
        List<Refusal> problems = problems(volume, c.locations(), limits);
        problems.addAll(BrickProblems.of(state, c.locations(), c.reachable()));
        return problems.isEmpty()
                ? accepted(new RegistryEvent.BricksAdding(
                        volume.id(), BrickProblems.plan(state, c.locations(), c.newIds()), null))
                : refused(problems.get(0).code(), attempt + ": " + BrickProblems.joined(problems));
    }

    private static List<Refusal> problems(RegisteredVolume volume, List<BrickLocation> given, RegistryLimits limits) {
        List<Refusal> problems = new ArrayList<>();
        int count = volume.bricks().size() + given.size();
        if (count > limits.brickCountMax()) {
            problems.add(new Refusal(
                    RefusalCode.BAD_REQUEST,
                    "it would have " + count + " bricks, more than the " + limits.brickCountMax()
                            + " that a volume may have"));
        }
        return problems;
    }

    static Decision replace(
            RegistryState state, RegisteredVolume volume, RegistryCommand.ReplaceBrick c, RegistryLimits limits) {
        String attempt = "brick " + c.old() + " of volume '" + volume.name() + "' was not replaced";
        if (isReplaced(volume, c)) {
            return accepted();
        }
        if (volume.adding() != null) {
            return MembershipRules.busy(volume, attempt);
        }
        Optional<Decision.Refused> unknown = MembershipRules.unknown(volume, List.of(c.old()), attempt);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        OwnedBrick old = volume.brick(c.old()).orElseThrow();
        Optional<Decision.Refused> tied = MembershipRules.tied(volume, old, attempt);
        if (tied.isPresent()) {
            return tied.get();
        }
        if (volume.departure(old.id()).isPresent()) {
            return refused(
                    RefusalCode.BRICK_IN_USE,
                    attempt + ": it is being removed; stop that first with 'mortar volume remove-brick " + volume.name()
                            + " " + c.old() + " stop'");
        }
        List<Refusal> problems = problems(volume, List.of(c.next()), limits);
        problems.addAll(BrickProblems.of(state, List.of(c.next()), c.reachable()));
        if (!problems.isEmpty()) {
            return refused(problems.get(0).code(), attempt + ": " + BrickProblems.joined(problems));
        }
        List<OwnedBrick> bricks = BrickProblems.plan(state, List.of(c.next()), List.of(c.newId()));
        List<OwnedBrick> staying = new ArrayList<>(volume.staying());
        staying.remove(old);
        staying.addAll(bricks);
        return MembershipRules.tooFew(volume.spec(), staying, attempt)
                .<Decision>map(r -> r)
                .orElseGet(() -> accepted(new RegistryEvent.BricksAdding(volume.id(), bricks, old.id())));
    }

    /** Whether that is under way already: requests may be repeated. */
    private static boolean isReplaced(RegisteredVolume volume, RegistryCommand.ReplaceBrick c) {
        Optional<BrickId> old = volume.brick(c.old()).map(OwnedBrick::id);
        if (old.isEmpty()) {
            return false;
        }
        Addition adding = volume.adding();
        if (adding != null && old.get().equals(adding.replaced())) {
            return adding.isAt(List.of(c.next()));
        }
        Optional<BrickId> next = volume.brick(c.next()).map(OwnedBrick::id);
        return next.isPresent() && next.equals(volume.departure(old.get()).map(Departure::successor));
    }

    static Decision complete(RegistryState state, RegistryCommand.CompleteAddition c) {
        Optional<RegisteredVolume> found = underWay(state, c.volume(), c.bricks());
        if (found.isEmpty()) {
            return accepted();
        }
        RegisteredVolume volume = found.get();
        Addition adding = volume.adding();
        BrickId replaced = adding == null ? null : adding.replaced();
        RegistryEvent added = new RegistryEvent.BricksAdded(volume.id());
        return replaced == null
                ? accepted(added)
                : accepted(
                        added,
                        new RegistryEvent.BrickLeaving(
                                volume.id(), replaced, c.bricks().get(0), volume.lastDeparture() + 1));
    }

    static Decision rollBack(RegistryState state, RegistryCommand.RollBackAddition c) {
        return underWay(state, c.volume(), c.bricks())
                .map(volume -> accepted(new RegistryEvent.BricksAddFailed(volume.id(), c.reason())))
                .orElse(accepted());
    }

    private static Optional<RegisteredVolume> underWay(RegistryState state, VolumeId id, List<BrickId> bricks) {
        return state.volume(id).filter(v -> v.state() != VolumeState.DELETING).filter(v -> {
            Addition adding = v.adding();
            return adding != null && adding.isOf(bricks);
        });
    }
}
