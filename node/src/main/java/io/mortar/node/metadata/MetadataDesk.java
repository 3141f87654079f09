package io.mortar.node.metadata;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.MetadataProtocol;
import io.mortar.protocol.pool.MetadataProtocol.DescribeMetadata;
import io.mortar.protocol.pool.MetadataProtocol.LeadershipTransferred;
import io.mortar.protocol.pool.MetadataProtocol.MetadataDescribed;
import io.mortar.protocol.pool.MetadataProtocol.Refused;
import io.mortar.protocol.pool.MetadataProtocol.TransferLeadership;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Answers questions about how the metadata is kept: {@code /user/metadata} of every node. */
public final class MetadataDesk {
    private final MetadataSeat seat;

    private MetadataDesk(MetadataSeat seat) {
        this.seat = seat;
    }

    public static Behavior<MetadataProtocol.Request> create(MetadataSeat seat) {
        MetadataDesk desk = new MetadataDesk(seat);
        return Behaviors.receive(MetadataProtocol.Request.class)
                .onMessage(DescribeMetadata.class, desk::onDescribe)
                .onMessage(TransferLeadership.class, desk::onTransfer)
                .build();
    }

    private Behavior<MetadataProtocol.Request> onDescribe(DescribeMetadata describe) {
        describe.replyTo().tell(new MetadataDescribed(seat.status()));
        return Behaviors.same();
    }

    private Behavior<MetadataProtocol.Request> onTransfer(TransferLeadership transfer) {
        ActorRef<MetadataProtocol.Reply> replyTo = transfer.replyTo();
        seat.transfer(transfer.to())
                .whenComplete((done, failure) ->
                        replyTo.tell(failure == null ? new LeadershipTransferred() : new Refused(refusal(failure))));
        return Behaviors.same();
    }

    private static Refusal refusal(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RefusedException refused
                ? refused.refusal()
                : new Refusal(RefusalCode.INTERNAL, "leadership was not handed over: " + cause);
    }
}
