package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.SPEC;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceRouterTest {
    private static final VolumeName OTHER = new VolumeName("other");
    private static final VolumeId OTHER_ID = new VolumeId(8);

    @TempDir
    Path directory;

    private NamespaceFixture namespace;

    @BeforeEach
    void open() {
        namespace = new NamespaceFixture(
                directory, NamespaceFixture.withCheckpointEvents(NamespaceFixture.settings(), 500));
    }

    @AfterEach
    void no_faults() {
        namespace.close();
        assertThat(namespace.faults).isEmpty();
    }

    @Test
    void a_volume_that_nobody_made_is_not_found_and_the_next_step_is_named() {
        Outcome outcome = namespace.lookup("/a");

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
            assertThat(refused.refusal().text()).contains("'bt-vol'").contains("mortar volume list");
        });
    }

    @Test
    void a_suspended_volume_refuses_changes_and_queries_until_it_is_served() {
        namespace.control.tell(new VolumeControl.Suspend(ID, VOLUME));

        for (Outcome outcome : List.of(namespace.lookup("/a"), namespace.change(put("/a", "x")))) {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_STARTED);
                assertThat(refused.refusal().text()).contains("mortar volume start bt-vol");
            });
        }
        namespace.serve();
        assertThat(namespace.change(put("/a", "x"))).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void a_volume_that_is_suspended_and_served_at_once_has_its_files() {
        namespace.serve();
        namespace.change(put("/a", "x"));

        namespace.control.tell(new VolumeControl.Suspend(ID, VOLUME));
        namespace.serve();

        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(namespace.lookup("/a")).isInstanceOf(Outcome.FileFound.class);
            return null;
        });
    }

    @Test
    void a_volume_that_is_served_again_with_other_bricks_uses_them_at_once_without_a_pause() {
        List<VolumeControl.PlacedBrick> placed = namespace.bricks.placed();
        namespace.serve(placed.subList(0, 2));
        FileVersion open = opened().version();

        namespace.serve(List.of(placed.get(0), leaving(placed.get(1)), placed.get(2)));

        assertThat(opened().locations()).containsExactlyInAnyOrder(ProbeBricks.location(0), ProbeBricks.location(2));
        assertThat(namespace.change(new Command.CommitWrite(open, WriteCondition.NONE, 1_000_000, 5, List.of())))
                .isInstanceOf(Outcome.Written.class);
    }

    private Outcome.WriteOpened opened() {
        return (Outcome.WriteOpened) namespace.change(NamespaceFixture.open("/f"));
    }

    private static VolumeControl.PlacedBrick leaving(VolumeControl.PlacedBrick brick) {
        return new VolumeControl.PlacedBrick(brick.id(), brick.location(), 1, null);
    }

    @Test
    void what_the_registry_says_is_what_rules_go_by_from_then_on() {
        List<VolumeControl.PlacedBrick> placed = namespace.bricks.placed();
        VolumePlacement placement =
                new VolumePlacement(namespace.bricks.serve(ID, VOLUME, SPEC), namespace.surroundings);
        namespace.bricks.takeDown(2);
        VolumeSpec twoCopies = new VolumeSpec(1, 2, SPEC.stripeUnitBytes());
        VolumeControl.PlacedBrick replaced =
                new VolumeControl.PlacedBrick(ProbeBricks.id(1), ProbeBricks.location(1), 4, ProbeBricks.id(2));

        placement.update(new VolumeControl.Serve(
                ID, VOLUME, twoCopies, List.of(replaced, placed.get(2)), 3, namespace.bricks.registry.getRef()));

        assertThat(placement.shapeNumber()).isEqualTo(3);
        assertThat(placement.spec()).isEqualTo(placement.context().spec()).isEqualTo(twoCopies);
        assertThat(placement.has(ProbeBricks.id(0))).isFalse();
        assertThat(placement.context().bricks())
                .containsExactly(
                        new BrickState(
                                replaced.id(), replaced.location(), false, 1L << 40, true, 0, true, ProbeBricks.id(2)),
                        new BrickState(ProbeBricks.id(2), ProbeBricks.location(2), false, 1L << 40));
        assertThat(placement.departure(replaced.id())).isEqualTo(4);
        assertThat(placement.departure(ProbeBricks.id(2))).isZero();
        placement.vacated(replaced.id(), 4);
        namespace.bricks.registry.expectMessage(TIMEOUT, new VolumeControl.Vacated(ID, replaced.id(), 4));
    }

    @Test
    void a_query_sent_after_an_answer_sees_the_change() {
        namespace.serve();

        for (int i = 0; i < 50; i++) {
            namespace.change(put("/f" + i, "x"));
            assertThat(namespace.lookup("/f" + i)).isInstanceOf(Outcome.FileFound.class);
        }
    }

    @Test
    void of_racing_creators_exactly_one_wins() {
        namespace.serve();
        TestProbe<Outcome> probe = namespace.kit.createTestProbe();
        WriteCondition ifAbsent = new WriteCondition(false, true, List.of(), List.of(), -1);

        for (int i = 0; i < 32; i++) {
            namespace.requests.tell(new NamespaceProtocol.Change(
                    VOLUME, new RequestKey(i, 1, 0), put("/one", "by " + i, ifAbsent), probe.getRef()));
        }

        List<Outcome> outcomes = probe.receiveSeveralMessages(32, TIMEOUT);
        assertThat(outcomes).filteredOn(Outcome.Written.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(
                        o -> o instanceof Outcome.Refused r && r.refusal().code() == RefusalCode.PRECONDITION_FAILED)
                .hasSize(31);
    }

    @Test
    void a_dropped_volume_leaves_no_rows_and_no_events_and_its_neighbour_untouched() {
        namespace.serve().serve(OTHER_ID, OTHER);
        for (int i = 0; i < 20; i++) {
            namespace.change(put("/dir/f" + i, "x"));
        }
        namespace.putLarge("/large");
        namespace.change(OTHER, namespace.nextKey(), put("/kept", "x"));
        int neighbourRows = namespace.rowCount(OTHER_ID);
        TestProbe<VolumeControl.Dropped> probe = namespace.kit.createTestProbe();

        namespace.control.tell(new VolumeControl.Drop(ID, VOLUME, probe.getRef()));

        probe.expectMessage(TIMEOUT, new VolumeControl.Dropped(ID));
        assertThat(namespace.rowCount(ID)).isZero();
        assertThat(namespace.store.applied("volume-7")).isZero();
        assertThat(namespace.rowCount(OTHER_ID)).isEqualTo(neighbourRows).isPositive();
        assertThat(namespace.lookup("/dir"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND));

        namespace.control.tell(new VolumeControl.Drop(ID, VOLUME, probe.getRef()));
        probe.expectMessage(TIMEOUT, new VolumeControl.Dropped(ID));
    }

    @Test
    void usage_counts_files_and_is_none_without_rows() {
        namespace.serve();
        namespace.change(put("/dir/a", "12345"));
        TestProbe<VolumeControl.Usage> probe = namespace.kit.createTestProbe();
        int copiesMin = NamespaceFixture.settings().copies().copiesMin();

        namespace.control.tell(new VolumeControl.DescribeUsage(ID, probe.getRef()));
        probe.expectMessage(TIMEOUT, new VolumeControl.Usage(ID, new VolumeUsage(1, 1, 5, 0, copiesMin)));

        namespace.control.tell(new VolumeControl.DescribeUsage(OTHER_ID, probe.getRef()));
        probe.expectMessage(TIMEOUT, new VolumeControl.Usage(OTHER_ID, new VolumeUsage(0, 0, 0, 0, copiesMin)));
    }
}
