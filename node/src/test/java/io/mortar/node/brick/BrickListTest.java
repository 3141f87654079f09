package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.node.brick.BrickEvent.BrickAdded;
import io.mortar.node.brick.BrickEvent.BrickPlanned;
import io.mortar.node.brick.BrickEvent.BrickQuarantined;
import io.mortar.node.brick.BrickEvent.BrickReinstated;
import io.mortar.node.brick.BrickEvent.BrickReleased;
import io.mortar.node.brick.BrickEvent.BrickReleasing;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BrickListTest {
    private static final PoolId POOL = new PoolId(new UUID(1, 1));
    private static final BrickId BRICK = new BrickId(new UUID(2, 2));
    private static final BrickPlan PLAN = new BrickPlan(POOL, new VolumeId(1), BRICK, "/srv/brick");
    private static final BrickIdentity IDENTITY = new BrickIdentity(PLAN, "/", "ext4");

    private static final BrickEvent PLANNED = new BrickPlanned(PLAN);
    private static final BrickEvent ADDED = new BrickAdded(IDENTITY);
    private static final BrickEvent QUARANTINED = new BrickQuarantined(BRICK, "EIO");
    private static final BrickEvent REINSTATED = new BrickReinstated(BRICK);
    private static final BrickEvent RELEASING = new BrickReleasing(BRICK);
    private static final BrickEvent RELEASED = new BrickReleased(BRICK);
    private static final List<BrickEvent> ALL = List.of(PLANNED, ADDED, QUARANTINED, REINSTATED, RELEASING, RELEASED);

    private static BrickList after(BrickEvent... events) {
        BrickList list = BrickList.EMPTY;
        for (BrickEvent event : events) {
            list = list.evolve(event);
        }
        return list;
    }

    private static void allowsOnly(BrickList list, BrickEvent... allowed) {
        for (BrickEvent event : ALL) {
            if (List.of(allowed).contains(event)) {
                assertThat(list.evolve(event)).isNotNull();
            } else {
                assertThatThrownBy(() -> list.evolve(event)).isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    void a_brick_goes_from_state_to_state_only_as_the_table_says() {
        allowsOnly(BrickList.EMPTY, PLANNED);
        allowsOnly(after(PLANNED), ADDED, RELEASING, RELEASED);
        allowsOnly(after(PLANNED, ADDED), QUARANTINED, RELEASING, RELEASED);
        allowsOnly(after(PLANNED, ADDED, QUARANTINED), REINSTATED, RELEASING, RELEASED);
        allowsOnly(after(PLANNED, ADDED, RELEASING), RELEASED);
        assertThat(after(PLANNED, ADDED, QUARANTINED, REINSTATED)).isEqualTo(after(PLANNED, ADDED));
        assertThat(after(PLANNED, ADDED, RELEASING, RELEASED)).isEqualTo(BrickList.EMPTY);
    }

    @Test
    void every_event_is_in_the_table() {
        Set<Class<?>> tested = ALL.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(BrickEvent.class.getPermittedSubclasses()));
    }

    @Test
    void a_plan_that_contradicts_the_list_is_refused() {
        BrickList active = after(PLANNED, ADDED);
        assertThat(active.refusalOf(PLAN)).isEmpty();
        assertThat(BrickList.EMPTY.refusalOf(PLAN)).isEmpty();
        assertThat(code(active, new BrickPlan(POOL, new VolumeId(1), BRICK, "/srv/other")))
                .isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(code(
                        active,
                        new BrickPlan(new PoolId(new UUID(9, 9)), new VolumeId(1), new BrickId(new UUID(3, 3)), "/x")))
                .isEqualTo(RefusalCode.WRONG_POOL);
        assertThat(code(after(PLANNED, ADDED, RELEASING), PLAN)).isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(code(after(PLANNED, ADDED, QUARANTINED), PLAN)).isEqualTo(RefusalCode.INTERNAL);
    }

    private static RefusalCode code(BrickList list, BrickPlan plan) {
        return list.refusalOf(plan).map(Refusal::code).orElseThrow();
    }

    @Test
    void stored_events_of_version_1_can_be_read() throws Exception {
        BrickEventSerializer serializer = new BrickEventSerializer();
        List<String> tags = List.of(
                "brick.planned.v1",
                "brick.added.v1",
                "brick.quarantined.v1",
                "brick.reinstated.v1",
                "brick.releasing.v1",
                "brick.released.v1");
        for (int i = 0; i < ALL.size(); i++) {
            assertThat(serializer.manifest(ALL.get(i))).isEqualTo(tags.get(i));
            assertThat(serializer.fromBinary(serializer.toBinary(ALL.get(i)), tags.get(i)))
                    .isEqualTo(ALL.get(i));
        }
        String added = "000000530000004f0000003e00000010" + "00000000000000010000000000000001" + "00000004" + "00000001"
                + "00000010" + "00000000000000020000000000000002" + "0000000a" + "2f7372762f627269636b" + "000000012f"
                + "0000000465787434";
        assertThat(HexFormat.of().formatHex(serializer.toBinary(ADDED))).isEqualTo(added);
    }
}
