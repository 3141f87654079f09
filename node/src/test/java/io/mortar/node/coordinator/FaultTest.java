package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTest {
    @TempDir
    Path directory;

    private NamespaceFixture namespace;
    private PersistenceTestKit journal;

    @BeforeEach
    void open() {
        CoordinatorSettings standard = NamespaceFixture.settings();
        CoordinatorSettings.Persisting persisting = standard.persisting();
        CoordinatorSettings settings = new CoordinatorSettings(
                standard.batching(),
                standard.purging(),
                new CoordinatorSettings.Persisting(
                        PersistenceTestKitPlugin.PluginId(),
                        PersistenceTestKitSnapshotPlugin.PluginId(),
                        persisting.dispatcher(),
                        persisting.readerDispatcher(),
                        persisting.checkpointEvents(),
                        persisting.dropRowsMax()),
                standard.copies(),
                standard.jobs(),
                standard.scrub(),
                standard.lease(),
                standard.answerMemory(),
                standard.queriesWaitingMax());
        namespace = new NamespaceFixture(
                directory,
                settings,
                PersistenceTestKitPlugin.getInstance()
                        .config()
                        .withFallback(
                                PersistenceTestKitSnapshotPlugin.getInstance().config())
                        .withFallback(ConfigFactory.load()));
        journal = PersistenceTestKit.create(namespace.kit.system());
        namespace.serve();
        namespace.change(put("/before", "x"));
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void a_failed_journal_write_is_a_fault_and_is_neither_answered_nor_seen() throws InterruptedException {
        journal.failNextPersisted("volume-7", new KvFailedException("disk gone", new java.io.IOException("EIO")));
        TestProbe<Outcome> client = namespace.kit.createTestProbe();

        namespace.requests.tell(
                new NamespaceProtocol.Change(VOLUME, namespace.nextKey(), put("/lost", "x"), client.getRef()));

        assertThat(namespace.faults.poll(10, TimeUnit.SECONDS)).hasRootCauseMessage("EIO");
        client.expectNoMessage(Duration.ofMillis(200));
        assertThat(namespace.lookup("/lost")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void an_event_that_the_journal_rejects_is_a_fault() throws InterruptedException {
        journal.rejectNextPersisted("volume-7", new IllegalStateException("too large"));
        TestProbe<Outcome> client = namespace.kit.createTestProbe();

        namespace.requests.tell(
                new NamespaceProtocol.Change(VOLUME, namespace.nextKey(), put("/lost", "x"), client.getRef()));

        assertThat(namespace.faults.poll(10, TimeUnit.SECONDS)).hasRootCauseMessage("too large");
        client.expectNoMessage(Duration.ofMillis(200));
    }

    @Test
    void a_store_that_cannot_be_read_is_a_fault() throws InterruptedException {
        namespace.store.close();
        TestProbe<Outcome> client = namespace.kit.createTestProbe();

        namespace.requests.tell(
                new NamespaceProtocol.Ask(VOLUME, new Query.Lookup(VolumePath.parse("/before")), client.getRef()));

        // The actors of the volume look at the store by themselves, and may be first.
        Throwable fault = namespace.faults.poll(10, TimeUnit.SECONDS);
        while (fault != null && !String.valueOf(fault.getMessage()).contains("query about volume 7")) {
            fault = namespace.faults.poll(10, TimeUnit.SECONDS);
        }
        assertThat(fault).isNotNull();
        client.expectNoMessage(Duration.ofMillis(200));
    }
}
