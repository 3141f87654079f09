package io.mortar.node.coordinator;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.journal.group.ReplicatedLogs;
import io.mortar.journal.quorum.QuorumPersistence;
import io.mortar.journal.space.DiskSpace;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;

/** The namespaces of one leadership after the other, on a replicated log that does what a test says. */
final class ReplicatedFixture implements AutoCloseable {
    final ActorTestKit kit = ActorTestKit.create("mortar", ConfigFactory.load());
    final FakeLog log = new FakeLog();
    final LinkedBlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    final TestProbe<Outcome> client = kit.createTestProbe();
    private final ProbeBricks bricks = new ProbeBricks(kit, 3);
    private ActorRef<Object> router = kit.createTestProbe().getRef();
    private long term;
    private long lastSequence;

    ReplicatedFixture() {
        ReplicatedLogs.get(kit.system()).bind(log);
        QuorumPersistence.start(kit.system(), new NamespaceImage());
    }

    /** Begins the next leadership: other actors on the same rows. */
    ReplicatedFixture lead() {
        term++;
        log.lead(term);
        Surroundings surroundings = new Surroundings(
                new ReplicatedNamespace(log, term),
                DiskSpace.UNLIMITED,
                bricks::topology,
                settings(),
                Clock.systemUTC(),
                new SplittableRandom(1),
                (what, cause) -> faults.add(new AssertionError(what, cause)));
        router = kit.spawn(NamespaceRouter.create(surroundings), "namespace-" + term);
        return this;
    }

    /** Nothing happens by itself: the purger looks for work after a long time only. */
    private static CoordinatorSettings settings() {
        CoordinatorSettings standard = CoordinatorSettings.standard();
        CoordinatorSettings.Persisting persisting = standard.persisting();
        CoordinatorSettings.Purging purging = standard.purging();
        return new CoordinatorSettings(
                standard.batching(),
                new CoordinatorSettings.Purging(
                        purging.delay(),
                        purging.pin(),
                        purging.pinCountMax(),
                        NamespaceFixture.TIMEOUT.multipliedBy(10),
                        NamespaceFixture.TIMEOUT.multipliedBy(10),
                        purging.answerTimeout(),
                        purging.versionsMax()),
                new CoordinatorSettings.Persisting(
                        "mortar.journal.quorum",
                        "mortar.snapshot.quorum",
                        persisting.dispatcher(),
                        persisting.readerDispatcher(),
                        persisting.checkpointEvents(),
                        3),
                standard.copies(),
                standard.jobs(),
                standard.scrub(),
                standard.lease(),
                standard.answerMemory(),
                standard.queriesWaitingMax());
    }

    ReplicatedFixture serve() {
        control(bricks.serve(NamespaceFixture.ID, NamespaceFixture.VOLUME, NamespaceFixture.SPEC));
        return this;
    }

    void control(VolumeControl.Request request) {
        router.tell(request);
    }

    void stop() {
        router.tell(NamespaceRouter.Stop.NOW);
    }

    void expectEnd() {
        client.expectTerminated(router, NamespaceFixture.TIMEOUT);
    }

    RequestKey nextKey() {
        lastSequence++;
        return new RequestKey(1, lastSequence, 0);
    }

    void send(RequestKey key, Command command) {
        router.tell(new NamespaceProtocol.Change(NamespaceFixture.VOLUME, key, command, client.getRef()));
    }

    void sendLookup(String path) {
        Query query = new Query.Lookup(VolumePath.parse(path));
        router.tell(new NamespaceProtocol.Ask(NamespaceFixture.VOLUME, query, client.getRef()));
    }

    Outcome answer() {
        return client.receiveMessage(NamespaceFixture.TIMEOUT);
    }

    Outcome change(Command command) {
        return change(nextKey(), command);
    }

    Outcome change(RequestKey key, Command command) {
        send(key, command);
        return answer();
    }

    Outcome lookup(String path) {
        sendLookup(path);
        return answer();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
