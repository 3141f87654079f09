package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.node.coordinator.VolumeControl.PlacedBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.PrepareBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.ReleaseBrick;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryMembershipTest {
    private final RegistryRun run = new RegistryRun();

    @AfterEach
    void close() {
        run.close();
    }

    /** Starts with a volume that is served on bricks 11, 12 and 13, and {@code events} of it after that. */
    private VolumeControl.Serve startServed(RegistryEvent... events) {
        List<RegistryEvent> all = new ArrayList<>(List.of(
                RegistryRun.creating(),
                new RegistryEvent.VolumeCreated(RegistryRun.FIRST),
                new RegistryEvent.VolumeStarted(RegistryRun.FIRST)));
        all.addAll(Arrays.asList(events));
        run.startAfter(all.toArray(RegistryEvent[]::new));
        return run.control(VolumeControl.Serve.class);
    }

    private static List<BrickLocation> places(String... bricks) {
        return Arrays.stream(bricks).map(BrickLocation::parse).toList();
    }

    private void add(String... bricks) {
        run.tell(ref -> new RegistryProtocol.AddBricks(RegistryRun.VOLUME, places(bricks), ref));
    }

    private void remove(String... bricks) {
        run.tell(ref -> new RegistryProtocol.RemoveBricks(RegistryRun.VOLUME, places(bricks), ref));
    }

    private void replace(String old, String next) {
        run.tell(ref -> new RegistryProtocol.ReplaceBrick(
                RegistryRun.VOLUME, BrickLocation.parse(old), BrickLocation.parse(next), ref));
    }

    private VolumeStatus describedAfterUsage() {
        run.answerUsage(0);
        return run.described();
    }

    private static void refuse(PrepareBrick request, RefusalCode code, String text) {
        request.replyTo().tell(new BrickAdminRefused(request.brick(), new Refusal(code, text)));
    }

    private static void vacated(VolumeControl.Serve serve, int brick, int departure) {
        serve.replyTo().tell(new VolumeControl.Vacated(RegistryRun.FIRST, RegistryRun.brick(brick), departure));
    }

    @Test
    void added_bricks_are_prepared_then_served_then_described() {
        startServed();
        add("bt1:/b4", "bt2:/b5");

        PrepareBrick first = run.prepare(1);
        assertThat(first.volume()).isEqualTo(RegistryRun.FIRST);
        assertThat(first.directory()).isEqualTo("/b4");
        RegistryRun.answer(first);
        run.namespace.expectNoMessage();
        RegistryRun.answer(run.prepare(2));

        VolumeControl.Serve serve = run.control(VolumeControl.Serve.class);
        assertThat(serve.bricks())
                .extracting(b -> b.location().toString())
                .containsExactly("bt1:/b1", "bt2:/b2", "bt3:/b3", "bt1:/b4", "bt2:/b5");
        assertThat(serve.bricks()).noneMatch(PlacedBrick::leaving);
        List<BrickStatus> bricks = describedAfterUsage().bricks();
        assertThat(bricks.subList(3, 5))
                .extracting(BrickStatus::health, BrickStatus::capacity)
                .containsOnly(tuple(BrickHealth.ONLINE, RegistryRun.CAPACITY));
    }

    private RegistryProtocol.ChangeAllowed tried(
            Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.ShapeChange> change) {
        run.tell(ref -> new RegistryProtocol.TryChange(change.apply(ref)));
        return run.reply(RegistryProtocol.ChangeAllowed.class);
    }

    @Test
    void a_change_that_is_only_tried_is_decided_and_not_made() {
        startServed();
        List<Object> before = run.events();

        RegistryProtocol.ChangeAllowed added =
                tried(ref -> new RegistryProtocol.AddBricks(RegistryRun.VOLUME, places("bt1:/b4"), ref));
        assertThat(added.changes()).isTrue();
        assertThat(added.coming())
                .extracting(brick -> brick.location().toString())
                .containsExactly("bt1:/b4");
        RegistryProtocol.ChangeAllowed replaced = tried(ref -> new RegistryProtocol.ReplaceBrick(
                RegistryRun.VOLUME, BrickLocation.parse("bt1:/b1"), BrickLocation.parse("bt1:/b4"), ref));
        assertThat(replaced.replaced()).isEqualTo(RegistryRun.brick(11));
        assertThat(replaced.coming()).hasSize(1);
        assertThat(tried(ref -> new RegistryProtocol.RemoveBricks(RegistryRun.VOLUME, places("bt3:/b3"), ref))
                        .leaving())
                .containsExactly(RegistryRun.brick(13));
        assertThat(tried(ref -> new RegistryProtocol.SetReplica(
                                RegistryRun.VOLUME, RegistryRun.SPEC.replicaCount(), ref))
                        .changes())
                .isFalse();
        run.tell(ref -> new RegistryProtocol.TryChange(
                new RegistryProtocol.RemoveBricks(RegistryRun.VOLUME, places("bt1:/b1", "bt2:/b2", "bt3:/b3"), ref)));
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);

        assertThat(run.events()).isEqualTo(before);
        run.namespace.expectNoMessage();
        run.pool.keeper(1).expectNoMessage();
    }

    @Test
    void the_same_addition_asked_for_meanwhile_is_one() {
        startServed();
        add("bt1:/b4");
        add("bt1:/b4");
        RegistryRun.answer(run.prepare(1));

        run.control(VolumeControl.Serve.class);
        run.answerUsage(0);
        run.answerUsage(0);
        assertThat(run.described().bricks()).hasSize(4);
        assertThat(run.described().bricks()).hasSize(4);
        run.pool.keeper(1).expectNoMessage();
    }

    @Test
    void one_brick_that_cannot_be_prepared_undoes_the_addition_and_the_volume_is_as_it_was() {
        startServed();
        add("bt1:/b4", "bt2:/b5");
        RegistryRun.answer(run.prepare(1));
        refuse(run.prepare(2), RefusalCode.BRICK_NOT_EMPTY, "'/b5' is not empty");
        RegistryRun.answer(run.release(1));
        RegistryRun.answer(run.release(2));

        Refusal refusal = run.refusal();
        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_NOT_EMPTY);
        assertThat(refusal.text())
                .startsWith("no brick was added to volume 'bt-vol'")
                .contains("'/b5' is not empty");
        run.namespace.expectNoMessage();
        run.describe();
        assertThat(describedAfterUsage().bricks()).hasSize(3);
    }

    @Test
    void the_next_leader_goes_on_with_an_addition_and_answers_who_asks_again() {
        startServed();
        add("bt1:/b4", "bt2:/b5");
        run.prepare(1);
        RegistryRun.answer(run.prepare(2));

        run.restart();
        assertThat(run.control(VolumeControl.Serve.class).bricks()).hasSize(3);
        add("bt1:/b4", "bt2:/b5");
        RegistryRun.answer(run.prepare(1));
        RegistryRun.answer(run.prepare(2));

        assertThat(run.control(VolumeControl.Serve.class).bricks()).hasSize(5);
        assertThat(describedAfterUsage().bricks()).hasSize(5);
    }

    @Test
    void the_next_leader_undoes_an_addition_on_a_node_that_went_away_with_the_last_one() {
        startServed();
        add("bt1:/b4", "bt2:/b5");
        run.prepare(1);
        run.prepare(2);
        run.pool.neverSeen(1);

        run.restart();
        run.control(VolumeControl.Serve.class);
        RegistryRun.answer(run.prepare(2));
        RegistryRun.answer(run.release(2));
        run.settle();
        run.describe();

        assertThat(describedAfterUsage().bricks()).hasSize(3);
        run.pool.up(1);
        run.time.timePasses(Duration.ofSeconds(5));
        assertThat(run.release(1).brick()).isEqualTo(RegistryRun.brick(0));
    }

    @Test
    void a_removed_brick_is_shown_as_leaving_until_it_is_empty_then_given_back() {
        startServed();
        remove("bt2:/b2");
        VolumeControl.Serve leaving = run.control(VolumeControl.Serve.class);
        assertThat(leaving.bricks())
                .filteredOn(PlacedBrick::leaving)
                .extracting(PlacedBrick::id, PlacedBrick::departure)
                .containsExactly(tuple(RegistryRun.brick(12), 1));
        assertThat(describedAfterUsage().bricks())
                .filteredOn(BrickStatus::leaving)
                .extracting(BrickStatus::id, BrickStatus::successor)
                .containsExactly(tuple(RegistryRun.brick(12), null));

        vacated(leaving, 12, 1);
        vacated(leaving, 12, 1);

        assertThat(run.control(VolumeControl.Serve.class).bricks()).hasSize(2);
        ReleaseBrick release = run.release(2);
        assertThat(release.brick()).isEqualTo(RegistryRun.brick(12));
        RegistryRun.answer(release);
        run.describe();
        assertThat(describedAfterUsage().bricks()).hasSize(2);
        assertThat(run.events()).last().isEqualTo(new RegistryEvent.BrickReleased(RegistryRun.brick(12)));
    }

    @Test
    void what_was_proved_for_a_removal_that_was_stopped_detaches_nothing() {
        startServed();
        remove("bt2:/b2");
        VolumeControl.Serve first = run.control(VolumeControl.Serve.class);
        describedAfterUsage();
        run.tell(ref -> new RegistryProtocol.StopRemoval(RegistryRun.VOLUME, places("bt2:/b2"), ref));
        assertThat(run.control(VolumeControl.Serve.class).bricks()).noneMatch(PlacedBrick::leaving);
        assertThat(describedAfterUsage().bricks()).noneMatch(BrickStatus::leaving);
        remove("bt2:/b2");
        run.control(VolumeControl.Serve.class);
        describedAfterUsage();

        vacated(first, 12, 1);
        run.settle();

        run.namespace.expectNoMessage();
        run.describe();
        assertThat(describedAfterUsage().bricks()).hasSize(3).anyMatch(BrickStatus::leaving);
    }

    @Test
    void the_next_leader_serves_what_was_leaving_as_leaving() {
        VolumeControl.Serve serve = startServed(
                new RegistryEvent.BrickLeaving(RegistryRun.FIRST, RegistryRun.brick(12), RegistryRun.brick(13), 7),
                new RegistryEvent.ReplicaChanged(RegistryRun.FIRST, new VolumeSpec(1, 2, 1 << 20), 3));

        assertThat(serve.bricks().get(1))
                .isEqualTo(new PlacedBrick(
                        RegistryRun.brick(12), BrickLocation.parse("bt2:/b2"), 7, RegistryRun.brick(13)));
        assertThat(serve.shapeNumber()).isEqualTo(3);
        assertThat(serve.spec().replicaCount()).isEqualTo(2);
    }

    @Test
    void a_replaced_brick_leaves_to_its_successor_when_that_one_is_prepared() {
        startServed();
        replace("bt3:/b3", "bt1:/new");
        RegistryRun.answer(run.prepare(1));

        VolumeControl.Serve serve = run.control(VolumeControl.Serve.class);
        assertThat(serve.bricks().get(2).successor())
                .isEqualTo(serve.bricks().get(3).id())
                .isEqualTo(RegistryRun.brick(0));
        assertThat(describedAfterUsage().bricks().get(2).successor()).isEqualTo(BrickLocation.parse("bt1:/new"));
    }

    @Test
    void a_replacement_that_cannot_be_prepared_leaves_the_old_brick_where_it_is() {
        startServed();
        replace("bt3:/b3", "bt1:/new");
        refuse(run.prepare(1), RefusalCode.BRICK_NOT_ALLOWED, "'/new' is not allowed");
        RegistryRun.answer(run.release(1));

        assertThat(run.refusal().text()).startsWith("brick bt3:/b3 of volume 'bt-vol' was not replaced");
        run.describe();
        assertThat(describedAfterUsage().bricks()).hasSize(3).noneMatch(BrickStatus::leaving);
    }

    @Test
    void a_brick_of_a_dead_node_is_detached_when_nothing_needs_it_and_the_node_can_be_forgotten() {
        startServed();
        run.pool.down(3);
        remove("bt3:/b3");
        VolumeControl.Serve leaving = run.control(VolumeControl.Serve.class);
        describedAfterUsage();
        run.tell(ref -> new RegistryProtocol.ForgetNode(FakePool.name(3), ref));
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.BRICK_IN_USE);

        vacated(leaving, 13, 1);
        assertThat(run.control(VolumeControl.Serve.class).bricks()).hasSize(2);
        run.tell(ref -> new RegistryProtocol.ForgetNode(FakePool.name(3), ref));

        run.reply(RegistryProtocol.NodeForgotten.class);
        run.pool.keeper(3).expectNoMessage();
    }

    @Test
    void a_brick_of_a_dead_node_is_given_back_when_the_node_returns() {
        startServed();
        run.pool.down(3);
        remove("bt3:/b3");
        VolumeControl.Serve leaving = run.control(VolumeControl.Serve.class);
        describedAfterUsage();
        vacated(leaving, 13, 1);
        run.control(VolumeControl.Serve.class);

        run.pool.up(3);
        run.time.timePasses(Duration.ofSeconds(5));

        assertThat(run.release(3).brick()).isEqualTo(RegistryRun.brick(13));
    }

    @Test
    void another_number_of_replicas_is_served_as_another_shape() {
        startServed();
        run.tell(ref -> new RegistryProtocol.SetReplica(RegistryRun.VOLUME, 2, ref));

        VolumeControl.Serve serve = run.control(VolumeControl.Serve.class);
        assertThat(serve.spec().replicaCount()).isEqualTo(2);
        assertThat(serve.shapeNumber()).isEqualTo(1);
        assertThat(describedAfterUsage().spec().replicaCount()).isEqualTo(2);
    }

    @Test
    void what_the_rules_refuse_is_answered_and_changes_nothing() {
        startServed();
        remove("bt1:/b1", "bt2:/b2", "bt3:/b3");

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        run.namespace.expectNoMessage();
    }
}
