package io.mortar.journal.contract;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import scala.jdk.javaapi.CollectionConverters;

/** An actor system with one of our journals, spoken to as persistent actors do: they recover before they write. */
public final class JournalSystem implements AutoCloseable {
    public static final String WRITER = "writer-1";

    public final ActorSystem system;
    public final ActorRef journal;
    public final ActorRef snapshots;
    private final Set<String> recovered = new HashSet<>();

    /** @param prepare is called before the plugins start */
    public JournalSystem(String kind, Config config, Consumer<ActorSystem> prepare) {
        system = ActorSystem.create("journal-test", config);
        prepare.accept(system);
        Persistence persistence = Persistence.get(system);
        journal = persistence.journalFor("mortar.journal." + kind, ConfigFactory.empty());
        snapshots = persistence.snapshotStoreFor("mortar.snapshot." + kind, ConfigFactory.empty());
    }

    /** One on the local journal in {@code directory}. */
    public static JournalSystem local(Path directory, String... more) {
        return new JournalSystem("local", localConfig(directory, more), system -> {});
    }

    public static Config localConfig(Path directory, String... more) {
        return config(
                "local",
                "mortar.journal.local { dir = \"" + directory
                        + "\", space { reserve = 0, growth-floor = 0, write-floor = 0 } }\n" + String.join("\n", more));
    }

    /** What all have in common. */
    public static Config config(String kind, String more) {
        return ConfigFactory.parseString("akka.loglevel = ERROR\n" + "akka.log-dead-letters = off\n"
                        + "akka.test.single-expect-default = 30s\n"
                        + "akka.persistence.journal.plugin = mortar.journal." + kind + "\n"
                        + "akka.persistence.snapshot-store.plugin = mortar.snapshot." + kind + "\n" + more)
                .withFallback(ConfigFactory.load());
    }

    public TestKit probe() {
        return new TestKit(system);
    }

    public static PersistentRepr event(String persistenceId, long sequenceNr, Object payload) {
        return PersistentRepr.apply(payload, sequenceNr, persistenceId, "", false, ActorRef.noSender(), WRITER);
    }

    /** One atomic write of these events. */
    public static AtomicWrite atomic(PersistentRepr... events) {
        return new AtomicWrite(
                CollectionConverters.asScala(Arrays.asList(events)).toSeq());
    }

    public void send(TestKit probe, AtomicWrite... writes) {
        for (AtomicWrite write : writes) {
            recoverOnce(write.persistenceId());
        }
        sendUnrecovered(probe, writes);
    }

    /** As an actor would that recovered in another life of the journal. */
    public void sendUnrecovered(TestKit probe, AtomicWrite... writes) {
        List<PersistentEnvelope> envelopes = new ArrayList<>(Arrays.asList(writes));
        journal.tell(
                new JournalProtocol.WriteMessages(
                        CollectionConverters.asScala(envelopes).toSeq(), probe.getRef(), 1),
                probe.getRef());
    }

    /** Does as a persistent actor that starts with {@code persistenceId}, unless it did before. */
    public void recoverOnce(String persistenceId) {
        if (recovered.add(persistenceId)) {
            recover(persistenceId);
        }
    }

    public void recover(String persistenceId) {
        List<String> answer = replay(persistenceId, 1, 0, 0);
        if (!answer.get(0).startsWith("highest=")) {
            throw new AssertionError(persistenceId + " cannot recover: " + answer);
        }
    }

    /** Writes {@code a-from .. a-to}, each on its own, and waits until they are acknowledged. */
    public void write(String persistenceId, long from, long to) {
        TestKit probe = probe();
        for (long number = from; number <= to; number++) {
            send(probe, atomic(event(persistenceId, number, text(number))));
        }
        for (long number = from; number <= to; number++) {
            probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
            probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        }
    }

    private static String text(long number) {
        return "a-" + number;
    }

    /** What a replay hands over, as {@code number:payload}, then {@code highest=n} or {@code failed: text}. */
    public List<String> replay(String persistenceId, long from, long to, long max) {
        TestKit probe = probe();
        journal.tell(new JournalProtocol.ReplayMessages(from, to, max, persistenceId, probe.getRef()), probe.getRef());
        List<String> found = new ArrayList<>();
        while (true) {
            Object message = probe.expectMsgClass(JournalProtocol.Response.class);
            if (message instanceof JournalProtocol.ReplayedMessage replayed) {
                found.add(replayed.persistent().sequenceNr() + ":"
                        + replayed.persistent().payload());
            } else if (message instanceof JournalProtocol.RecoverySuccess success) {
                found.add("highest=" + success.highestSequenceNr());
                return found;
            } else if (message instanceof JournalProtocol.ReplayMessagesFailure failure) {
                found.add("failed: " + failure.cause().getMessage());
                return found;
            } else {
                throw new AssertionError("unexpected " + message);
            }
        }
    }

    public List<String> replayAll(String persistenceId) {
        return replay(persistenceId, 1, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    public void delete(String persistenceId, long to) {
        recoverOnce(persistenceId);
        TestKit probe = probe();
        journal.tell(new JournalProtocol.DeleteMessagesTo(persistenceId, to, probe.getRef()), probe.getRef());
        probe.expectMsgClass(DeleteMessagesSuccess.class);
    }

    @Override
    public void close() {
        TestKit.shutdownActorSystem(system);
    }
}
