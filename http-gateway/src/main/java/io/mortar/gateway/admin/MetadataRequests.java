package io.mortar.gateway.admin;

import io.mortar.client.pool.MetadataClient;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.admin.MetadataJson.LogJson;
import io.mortar.gateway.admin.MetadataJson.MemberJson;
import io.mortar.protocol.pool.MetadataProtocol.LeadershipTransferred;
import io.mortar.protocol.pool.MetadataProtocol.Member;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import io.mortar.protocol.pool.MetadataProtocol.Replica;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about how the pool's metadata is kept. */
final class MetadataRequests {
    private final MetadataClient metadata;
    private final TopologyView topology;

    MetadataRequests(MetadataClient metadata, TopologyView topology) {
        this.metadata = metadata;
        this.topology = topology;
    }

    CompletionStage<MetadataJson> describe() {
        return metadata.describe().thenApply(this::described);
    }

    CompletionStage<LeadershipTransferred> transfer(TransferJson transfer) {
        String to = transfer.to();
        if (to != null && !NodeName.isValid(to)) {
            throw new RefusedException(
                    RefusalCode.NODE_NOT_FOUND, "there is no node '" + to + "': see 'mortar pool list'");
        }
        return metadata.transfer(to == null ? null : new NodeName(to));
    }

    private MetadataJson described(MetadataStatus status) {
        PoolTopology now = topology.current();
        Replica replica = status.replica();
        NodeId leader = status.leader();
        List<MemberJson> members = replica == null
                ? List.of()
                : replica.members().stream()
                        .map(member -> member(member, leader, now))
                        .sorted(Comparator.comparing(MemberJson::address))
                        .toList();
        return new MetadataJson(
                status.journal(),
                name(status.self(), now),
                leader == null ? null : name(leader, now),
                replica == null ? null : replica.term(),
                replica == null ? null : log(replica),
                members);
    }

    private static LogJson log(Replica replica) {
        return new LogJson(
                replica.firstIndex(),
                replica.lastIndex(),
                replica.commitIndex(),
                replica.appliedIndex(),
                replica.snapshotIndex() == 0 ? null : replica.snapshotIndex());
    }

    private static MemberJson member(Member member, @Nullable NodeId leader, PoolTopology now) {
        return new MemberJson(
                member.node().toString(),
                name(member.node(), now),
                member.address(),
                member.votes() ? "voter" : "learner",
                member.node().equals(leader),
                known(member.matchIndex()),
                known(member.lagEntries()),
                known(member.silentMillis()),
                member.receivesSnapshot());
    }

    private static @Nullable Long known(long number) {
        return number < 0 ? null : number;
    }

    private static @Nullable String name(NodeId id, PoolTopology now) {
        PoolTopology.Node node = now.nodes().get(id);
        return node == null ? null : node.name().value();
    }
}
