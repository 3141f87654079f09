package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Props;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes whose rows are deleted three at a time. */
class VolumeRemovalTest {
    private static final int FILE_COUNT = 40;

    @TempDir
    Path directory;

    private NamespaceFixture open(LongSupplier usableBytes) throws IOException {
        DiskSpace space =
                DiskSpace.open(directory.resolve("space"), new SpaceLimits(0, 1000, 100), usableBytes::getAsLong);
        return new NamespaceFixture(
                directory,
                NamespaceFixture.withCheckpointEvents(CoordinatorSettings.standard(), 100),
                NamespaceFixture.localJournal(directory),
                space);
    }

    private void fill() throws IOException {
        try (NamespaceFixture namespace = open(() -> 10_000).serve()) {
            for (int i = 0; i < FILE_COUNT; i++) {
                namespace.change(put("/f" + i, "x"));
            }
        }
    }

    private static TestProbe<VolumeControl.Dropped> drop(NamespaceFixture namespace) {
        TestProbe<VolumeControl.Dropped> dropped = namespace.kit.createTestProbe();
        namespace.control.tell(new VolumeControl.Drop(ID, VOLUME, dropped.getRef()));
        return dropped;
    }

    private void expectRemoval() throws IOException {
        try (NamespaceFixture namespace = open(() -> 10_000)) {
            drop(namespace).expectMessage(TIMEOUT, new VolumeControl.Dropped(ID));
            assertThat(namespace.rowCount(ID)).isZero();
            assertThat(namespace.store.applied("volume-" + ID)).isZero();
            assertThat(namespace.faults).isEmpty();
        }
    }

    @Test
    void a_removal_that_is_interrupted_after_any_number_of_steps_is_carried_on() throws IOException {
        fill();
        int left = Integer.MAX_VALUE;
        for (int steps : List.of(3, 20)) {
            AtomicInteger asked = new AtomicInteger();
            try (NamespaceFixture namespace = open(() -> asked.incrementAndGet() > steps ? 50 : 10_000)) {
                TestProbe<VolumeControl.Dropped> dropped = drop(namespace);
                dropped.awaitAssert(TIMEOUT, () -> {
                    assertThat(asked.get()).isGreaterThan(steps);
                    return null;
                });
                dropped.expectNoMessage();
                assertThat(namespace.rowCount(ID)).isPositive().isLessThan(left);
                left = namespace.rowCount(ID);
                assertThat(namespace.faults).isEmpty();
            }
        }
        expectRemoval();
    }

    @Test
    void a_removal_waits_for_room_on_the_disk() throws IOException {
        fill();
        AtomicInteger usable = new AtomicInteger(50);
        try (NamespaceFixture namespace = open(usable::get)) {
            TestProbe<VolumeControl.Dropped> dropped = drop(namespace);
            dropped.expectNoMessage();
            usable.set(10_000);
            dropped.expectMessage(TIMEOUT, new VolumeControl.Dropped(ID));
            assertThat(namespace.faults).isEmpty();
        }
    }

    @Test
    void a_volume_whose_events_were_deleted_before_its_rows_is_removed() throws IOException {
        fill();
        try (NamespaceFixture namespace = open(() -> 10_000)) {
            TestProbe<String> done = namespace.kit.createTestProbe();
            namespace.kit.spawn(Behaviors.setup(context -> {
                Adapter.actorOf(context, Props.create(EventsFirst.class, () -> new EventsFirst(done.getRef())));
                return Behaviors.empty();
            }));
            done.expectMessage(TIMEOUT, "deleted");
        }
        expectRemoval();
    }

    /** The order in which an earlier version of Mortar removed a volume, up to a crash. */
    private static final class EventsFirst extends AbstractPersistentActor {
        private final ActorRef<String> done;

        EventsFirst(ActorRef<String> done) {
            this.done = done;
        }

        @Override
        public String persistenceId() {
            return "volume-" + ID;
        }

        @Override
        public String journalPluginId() {
            return "mortar.journal.local";
        }

        @Override
        public String snapshotPluginId() {
            return "mortar.snapshot.local";
        }

        @Override
        public Recovery recovery() {
            return Recovery.none();
        }

        @Override
        public Receive createReceiveRecover() {
            return receiveBuilder()
                    .match(RecoveryCompleted.class, completed -> deleteMessages(lastSequenceNr()))
                    .build();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(DeleteMessagesSuccess.class, success -> done.tell("deleted"))
                    .build();
        }
    }
}
