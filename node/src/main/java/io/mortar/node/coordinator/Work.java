package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Deletions;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.MissingCopy;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.PartialDeletion;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.namespace.RequestKey;
import java.util.List;

/** One step of a batch: what the coordinator decides in turn. */
sealed interface Work {
    /** Rows of an ordinary step, with its answer. */
    int STEP_BYTES = 512;

    /** A row that is deleted. */
    int ROW_BYTES = 64;

    /** Rows of a directory that is made on the way. */
    int DIRECTORY_BYTES = 128;

    /** One brick of a layout that may be new: in its rows and, with its location, in the answer. */
    int BRICK_BYTES = 192;

    /** What may read very many rows: so much that few of them are in one batch. Its answer has a path in it. */
    int COUNTING_BYTES = 64 * 1024;

    /** A client's change. */
    record Change(RequestKey key, Command command, ActorRef<Outcome> replyTo) implements Work {
        @Override
        public int sizeBytes(VolumeSpec spec) {
            if (command instanceof Command.PutInline put) {
                return STEP_BYTES + put.content().length + sizeBytes(put.path());
            }
            if (command instanceof Command.OpenWrite open) {
                return STEP_BYTES + BRICK_BYTES * spec.layoutBrickCount() + sizeBytes(open.path());
            }
            if (command instanceof Command.CommitWrite commit) {
                return STEP_BYTES + BRICK_BYTES * commit.missing().size();
            }
            if (command instanceof Command.MakeDirectory make) {
                return STEP_BYTES + sizeBytes(make.path());
            }
            if (command instanceof Command.Remove remove) {
                return STEP_BYTES + sizeBytes(remove.path());
            }
            if (command instanceof Command.SetQuota) {
                return COUNTING_BYTES;
            }
            return STEP_BYTES;
        }

        /** As if every directory above it were missing, or had a quota. */
        private static int sizeBytes(VolumePath path) {
            return path.names().stream()
                    .mapToInt(name -> DIRECTORY_BYTES + name.length())
                    .sum();
        }
    }

    /** A client keeps its lease alive. Behind the client's changes in the queue, so that it is never told of a lease that is gone. */
    record Renew(FileVersion version, ActorRef<Outcome> replyTo) implements Work {}

    /** A lease ran out. */
    record Expire(FileVersion version) implements Work {}

    /** All bricks confirmed these deletions, or only some. */
    record FinishDeletions(List<DueDeletion> done, List<PartialDeletion> partial, ActorRef<Done> replyTo)
            implements Work {
        public FinishDeletions {
            done = List.copyOf(done);
            partial = List.copyOf(partial);
        }

        @Override
        public int sizeBytes(VolumeSpec spec) {
            long partialBytes = (long) partial.size() * (STEP_BYTES + BRICK_BYTES * spec.layoutBrickCount());
            return STEP_BYTES + ROW_BYTES * done.size() + (int) Math.min(Deletions.PARTLY_BYTES_MAX, partialBytes);
        }
    }

    /** The brick was given all that {@code copy} says it lacks. */
    record FinishHealing(MissingCopy copy, ActorRef<Done> replyTo) implements Work {}

    /** What a user wants of a job. */
    record JobRequest(JobCommand command, ActorRef<Outcome> replyTo) implements Work {}

    /** A step of background work. */
    record JobStep(JobCommand command, ActorRef<JobOutcome> replyTo) implements Work {
        @Override
        public int sizeBytes(VolumeSpec spec) {
            if (command instanceof JobCommand.Checkpoint checkpoint) {
                return STEP_BYTES * (1 + checkpoint.failed().size())
                        + BRICK_BYTES * checkpoint.surpluses().size();
            }
            return STEP_BYTES + BRICK_BYTES * spec.layoutBrickCount();
        }
    }

    /** Takes detached directories apart; answered with whether there may be more. */
    record PurgeDetached(int limit, ActorRef<Boolean> replyTo) implements Work {
        @Override
        public int sizeBytes(VolumeSpec spec) {
            return STEP_BYTES * limit;
        }
    }

    /** Forgets answers older than {@code beforeMillis}. */
    record ForgetAnswers(long beforeMillis, int limit) implements Work {}

    /** Tells the client that this is not carried out; the node's own actors are told nothing: they try again after a timeout. */
    default void refuse(Refusal refusal) {
        if (this instanceof Change change) {
            change.replyTo().tell(new Outcome.Refused(refusal));
        } else if (this instanceof Renew renew) {
            renew.replyTo().tell(new Outcome.Refused(refusal));
        } else if (this instanceof JobRequest request) {
            request.replyTo().tell(new Outcome.Refused(refusal));
        }
    }

    /** Size in memory and in an event, roughly and rather too large: bounds on bytes are checked against it. */
    default int sizeBytes(VolumeSpec spec) {
        return STEP_BYTES;
    }
}
