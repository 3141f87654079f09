package io.mortar.client.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.DirectoryQuota;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeQuotasTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final VolumeName VOLUME = new VolumeName("v");
    private static final VolumePath PATH = VolumePath.parse("/photos");
    private static final DirectoryQuota QUOTA = new DirectoryQuota("/photos", 1000, -1, 5, 2);

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<NamespaceProtocol.Request> coordinator = kit.createTestProbe();
    private final QuotasClient quotas = new VolumeQuotas(
            new NamespaceClient(kit.system(), this::topology, new MetadataCalls.Times(LONG, LONG, LONG), 1));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private PoolTopology topology() {
        return new PoolTopology(
                new NodeId(new UUID(0, 2)),
                new PoolId(new UUID(0, 1)),
                null,
                coordinator.ref(),
                null,
                Map.of(),
                Map.of());
    }

    private void answerChange(Command expected, Outcome outcome) {
        NamespaceProtocol.Change change = coordinator.expectMessageClass(NamespaceProtocol.Change.class);
        assertThat(change.command()).isEqualTo(expected);
        change.replyTo().tell(outcome);
    }

    @Test
    void quotas_are_set_listed_and_removed_by_the_coordinator() {
        CompletionStage<DirectoryQuota> set = quotas.set(VOLUME, PATH, 1000, -1);
        answerChange(new Command.SetQuota(PATH, 1000, -1), new Outcome.QuotaSet(QUOTA));
        assertThat(set).succeedsWithin(LONG).isEqualTo(QUOTA);

        CompletionStage<List<DirectoryQuota>> listed = quotas.list(VOLUME);
        NamespaceProtocol.Ask ask = coordinator.expectMessageClass(NamespaceProtocol.Ask.class);
        assertThat(ask.query()).isEqualTo(new Query.ListQuotas(0));
        ask.replyTo().tell(new Outcome.QuotasListed(List.of(QUOTA), 43));
        NamespaceProtocol.Ask rest = coordinator.expectMessageClass(NamespaceProtocol.Ask.class);
        assertThat(rest.query()).isEqualTo(new Query.ListQuotas(43));
        DirectoryQuota other = new DirectoryQuota("/books", 5, 6, 7, 8);
        rest.replyTo().tell(new Outcome.QuotasListed(List.of(other), 0));
        assertThat(listed).succeedsWithin(LONG).isEqualTo(List.of(other, QUOTA));

        CompletionStage<Void> removed = quotas.remove(VOLUME, PATH);
        answerChange(new Command.RemoveQuota(PATH), new Outcome.Removed());
        assertThat(removed).succeedsWithin(LONG);
    }
}
