package io.mortar.journal.membership;

import io.mortar.journal.raft.Member.Role;
import io.mortar.journal.raft.MemberId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides the next single change towards the membership that a pool should have:
 *
 * <ul>
 *   <li>one node holds the only copy; of two, one votes and the other has a copy that does not; three to six nodes have three voters,
 *       seven and more have five;
 *   <li>a member that answers, and that the pool knows at another address than the membership does, is noted there;
 *   <li>a node that left the pool for good loses its copy at once;
 *   <li>a node gets a vote only after its copy has caught up, and an even number of voters is only passed through: with one voter, two
 *       learners catch up before the first is promoted, since two voters are worse than one;
 *   <li>a voter that is silent for long is removed after another node has its vote;
 *   <li>no change is made that would leave fewer living voters than a majority;
 *   <li>copies go to different hosts while there are any.
 * </ul>
 */
public final class MembershipPolicy {
    private final MembershipSettings settings;

    public MembershipPolicy(MembershipSettings settings) {
        this.settings = settings;
    }

    /** What a pool should have. */
    record Target(int voters, int learners) {
        static Target of(int nodes) {
            if (nodes >= 7) {
                return new Target(5, 0);
            }
            if (nodes >= 3) {
                return new Target(3, 0);
            }
            return new Target(1, nodes == 2 ? 1 : 0);
        }
    }

    /** The change to make now, empty if the membership is as it should be, or nothing can be done about it. */
    public Optional<MemberChange> next(MembershipPicture picture) {
        if (picture.candidates().isEmpty()) {
            return Optional.empty();
        }
        Scene scene = new Scene(picture, settings);
        Target target = Target.of(picture.candidates().size());
        return Stream.<Supplier<Optional<MemberChange>>>of(
                        () -> relocate(scene),
                        () -> removeForgotten(scene),
                        () -> removeSurplusVoter(scene, target),
                        () -> promote(scene, target),
                        () -> removeSurplusLearner(scene, target),
                        () -> addLearner(scene, target))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Once a majority has it in its log, the member is found even if all who heard from it move next. */
    private static Optional<MemberChange> relocate(Scene scene) {
        return scene.members(Role.VOTER, Role.LEARNER)
                .filter(scene::isAlive)
                .flatMap(id -> scene.newAddress(id).map(address -> new MemberChange.Relocate(id, address)).stream())
                .map(MemberChange.class::cast)
                .findFirst();
    }

    private static Optional<MemberChange> removeForgotten(Scene scene) {
        return scene.members(Role.LEARNER, Role.VOTER)
                .filter(id -> scene.candidate(id).isEmpty())
                .filter(scene::canLoseVoteOf)
                .min(Comparator.comparing(scene::leads))
                .map(MemberChange.Remove::new);
    }

    private static Optional<MemberChange> removeSurplusVoter(Scene scene, Target target) {
        if (scene.voters().size() <= target.voters()) {
            return Optional.empty();
        }
        boolean keepCopy = scene.learners().size() < target.learners();
        return scene.members(Role.VOTER)
                .filter(id -> !scene.leads(id))
                .filter(scene::canLoseVoteOf)
                .min(Comparator.comparing(scene::isAlive)
                        .thenComparing(
                                Comparator.comparingLong(scene::votersOnHostOf).reversed())
                        .thenComparing(scene::freeBytes)
                        .thenComparing(Comparator.reverseOrder()))
                .map(id -> keepCopy && scene.stays(id) ? new MemberChange.Demote(id) : new MemberChange.Remove(id));
    }

    private static Optional<MemberChange> promote(Scene scene, Target target) {
        int voters = scene.voters().size();
        List<MemberId> ready = scene.members(Role.LEARNER)
                .filter(scene::hasCaughtUp)
                .filter(scene::canVote)
                .sorted(scene.byFitness())
                .toList();
        boolean pairNeeded = voters < target.voters() && voters % 2 == 1;
        if (votersMissing(scene, target) <= 0 || ready.size() < (pairNeeded ? 2 : 1)) {
            return Optional.empty();
        }
        return Optional.of(new MemberChange.Promote(ready.get(0)));
    }

    private static Optional<MemberChange> removeSurplusLearner(Scene scene, Target target) {
        List<MemberId> gone = scene.members(Role.LEARNER).filter(scene::isGone).toList();
        if (!gone.isEmpty() && scene.replacements().findAny().isPresent()) {
            return Optional.of(new MemberChange.Remove(gone.get(0)));
        }
        if (scene.learners().size() <= learnersWanted(scene, target)) {
            return Optional.empty();
        }
        return scene.members(Role.LEARNER)
                .min(Comparator.comparing(scene::isAlive)
                        .thenComparing(
                                Comparator.comparingLong(scene::lagEntries).reversed())
                        .thenComparing(Comparator.reverseOrder()))
                .map(MemberChange.Remove::new);
    }

    private static Optional<MemberChange> addLearner(Scene scene, Target target) {
        if (scene.learners().size() >= learnersWanted(scene, target)) {
            return Optional.empty();
        }
        return scene.replacements()
                .min(Comparator.comparing(Candidate::id, scene.byFitness()))
                .map(candidate -> new MemberChange.AddLearner(candidate.id(), candidate.address()));
    }

    private static long learnersWanted(Scene scene, Target target) {
        return Math.max(0, votersMissing(scene, target)) + target.learners();
    }

    /** Votes that are not held by nodes of the pool that live, or may come back soon. */
    private static long votersMissing(Scene scene, Target target) {
        return target.voters() - scene.members(Role.VOTER).filter(scene::stays).count();
    }
}
