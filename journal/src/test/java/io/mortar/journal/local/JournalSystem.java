package io.mortar.journal.local;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
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
import java.util.List;
import scala.jdk.javaapi.CollectionConverters;

/** An actor system on the local journal, spoken to as persistent actors do. */
final class JournalSystem implements AutoCloseable {
    static final String WRITER = "writer-1";

    final ActorSystem system;
    final ActorRef journal;
    final ActorRef snapshots;

    JournalSystem(Path directory) {
        this(config(directory));
    }

    JournalSystem(Config config) {
        system = ActorSystem.create("journal-test", config);
        Persistence persistence = Persistence.get(system);
        journal = persistence.journalFor("mortar.journal.local", ConfigFactory.empty());
        snapshots = persistence.snapshotStoreFor("mortar.snapshot.local", ConfigFactory.empty());
    }

    static Config config(Path directory, String... more) {
        return ConfigFactory.parseString(
                        "mortar.journal.local.dir = \"" + directory + "\"\n" + "akka.loglevel = ERROR\n"
                                + "akka.log-dead-letters = off\n"
                                + "akka.persistence.journal.plugin = mortar.journal.local\n"
                                + "akka.persistence.snapshot-store.plugin = mortar.snapshot.local\n"
                                + "mortar.journal.local.space { reserve = 0, growth-floor = 0, write-floor = 0 }\n"
                                + String.join("\n", more))
                .withFallback(ConfigFactory.load());
    }

    TestKit probe() {
        return new TestKit(system);
    }

    static PersistentRepr event(String persistenceId, long sequenceNr, Object payload) {
        return PersistentRepr.apply(payload, sequenceNr, persistenceId, "", false, ActorRef.noSender(), WRITER);
    }

    /** One atomic write of these events. */
    static AtomicWrite atomic(PersistentRepr... events) {
        return new AtomicWrite(
                CollectionConverters.asScala(Arrays.asList(events)).toSeq());
    }

    void send(TestKit probe, AtomicWrite... writes) {
        List<PersistentEnvelope> envelopes = new ArrayList<>(Arrays.asList(writes));
        journal.tell(
                new JournalProtocol.WriteMessages(
                        CollectionConverters.asScala(envelopes).toSeq(), probe.getRef(), 1),
                probe.getRef());
    }

    /** Writes {@code prefix-from .. prefix-to}, each on its own, and waits until they are acknowledged. */
    void write(String persistenceId, long from, long to) {
        TestKit probe = probe();
        for (long number = from; number <= to; number++) {
            send(probe, atomic(event(persistenceId, number, text(number))));
        }
        for (long number = from; number <= to; number++) {
            probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
            probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        }
    }

    static String text(long number) {
        return "a-" + number;
    }

    /** What a replay hands over, as {@code number:payload}, then {@code highest=n} or {@code failed: text}. */
    List<String> replay(String persistenceId, long from, long to, long max) {
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

    List<String> replayAll(String persistenceId) {
        return replay(persistenceId, 1, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    void delete(String persistenceId, long to) {
        TestKit probe = probe();
        journal.tell(new JournalProtocol.DeleteMessagesTo(persistenceId, to, probe.getRef()), probe.getRef());
        probe.expectMsgClass(akka.persistence.DeleteMessagesSuccess.class);
    }

    @Override
    public void close() {
        TestKit.shutdownActorSystem(system);
    }
}
