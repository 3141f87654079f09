package io.mortar.node.topology;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolPictureTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final NodeId BT1 = new NodeId(new UUID(0, 1));
    private static final NodeId BT2 = new NodeId(new UUID(0, 2));
    private static final BrickId BRICK = new BrickId(new UUID(0, 3));

    private final PoolPicture picture = new PoolPicture(BT2);

    @BeforeEach
    void enter() {
        picture.inPool(new PoolId(new UUID(0, 9)), new MetadataHolder(BT1, new NodeName("bt1")));
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Announcement bt1(long incarnation) {
        return serving(BT1, "bt1", incarnation, 5);
    }

    private static Announcement serving(NodeId node, String name, long incarnation, long term) {
        return new Announcement(
                node,
                new NodeName(name),
                name + ":2551",
                "http://" + name + ":8080",
                KIT.createTestProbe(BrickAdminProtocol.Request.class).ref(),
                new Announcement.Metadata(
                        term,
                        KIT.createTestProbe(NamespaceProtocol.Request.class).ref(),
                        KIT.createTestProbe(RegistryProtocol.Request.class).ref()),
                List.of(new Announcement.Brick(
                        BRICK,
                        new VolumeId(1),
                        new BrickLocation(new NodeName("bt1"), "/b"),
                        BrickHealth.ONLINE,
                        "",
                        BrickCapacity.NONE,
                        KIT.createTestProbe(BrickProtocol.Request.class).ref())),
                incarnation);
    }

    @Test
    void the_metadata_node_is_named_before_it_was_ever_seen() {
        PoolTopology topology = picture.draw();
        assertThat(topology.metadataNode()).isEqualTo(new NodeName("bt1"));
        assertThat(topology.namespace()).isNull();
        assertThat(topology.registry()).isNull();
    }

    @Test
    void a_member_that_announced_itself_is_reachable_and_serves() {
        picture.memberUp("bt1:2551", 7);
        Announcement announcement = bt1(7);
        assertThat(picture.announced(announcement)).isTrue();
        assertThat(picture.announced(announcement)).as("nothing new").isFalse();
        PoolTopology topology = picture.draw();
        assertThat(topology.brick(BRICK)).get().matches(PoolTopology.Brick::reachable);
        assertThat(topology.namespace()).isEqualTo(metadata(announcement).namespace());
    }

    @Test
    void of_two_that_serve_the_later_leadership_does() {
        NodeId bt3 = new NodeId(new UUID(0, 7));
        picture.memberUp("bt1:2551", 7);
        picture.memberUp("bt3:2551", 8);
        picture.announced(bt1(7));
        Announcement later = serving(bt3, "bt3", 8, 6);
        picture.announced(later);
        assertThat(picture.draw().registry()).isEqualTo(metadata(later).registry());
        assertThat(picture.draw().metadataNode()).isEqualTo(new NodeName("bt3"));
        picture.memberUnreachable("bt3:2551");
        assertThat(picture.draw().metadataNode()).isEqualTo(new NodeName("bt1"));
    }

    @Test
    void who_served_last_is_remembered() {
        picture.memberUp("bt1:2551", 7);
        picture.announced(bt1(7));
        picture.draw();
        picture.memberUnreachable("bt1:2551");
        assertThat(picture.draw().namespace()).isNull();
        assertThat(picture.draw().metadataNode()).isEqualTo(new NodeName("bt1"));
    }

    private static Announcement.Metadata metadata(Announcement announcement) {
        return Objects.requireNonNull(announcement.metadata());
    }

    @Test
    void an_announcement_alone_makes_nobody_reachable() {
        picture.announced(bt1(7));
        assertThat(picture.draw().node(new NodeName("bt1"))).get().matches(n -> !n.reachable());
    }

    @Test
    void an_unreachable_member_stays_known_and_comes_back() {
        picture.memberUp("bt1:2551", 7);
        picture.announced(bt1(7));
        picture.memberUnreachable("bt1:2551");
        PoolTopology away = picture.draw();
        assertThat(away.brick(BRICK)).get().matches(b -> !b.reachable());
        assertThat(away.namespace()).isNull();
        picture.memberReachable("bt1:2551");
        assertThat(picture.draw().namespace()).isNotNull();
    }

    @Test
    void a_restarted_member_is_not_used_before_it_announced_its_new_actors() {
        picture.memberUp("bt1:2551", 7);
        picture.announced(bt1(7));
        picture.memberUp("bt1:2551", 8);
        picture.memberGone("bt1:2551", 7);
        assertThat(picture.draw().node(new NodeName("bt1"))).get().matches(n -> !n.reachable());
        picture.announced(bt1(8));
        assertThat(picture.draw().node(new NodeName("bt1"))).get().matches(PoolTopology.Node::reachable);
    }

    @Test
    void an_announcement_that_comes_before_the_membership_counts() {
        picture.announced(bt1(7));
        picture.memberUp("bt1:2551", 7);
        assertThat(picture.draw().node(new NodeName("bt1"))).get().matches(PoolTopology.Node::reachable);
    }

    @Test
    void bricks_of_any_nodes_on_one_file_system_share_its_room_so_that_no_byte_is_counted_twice() {
        List<BrickId> bricks = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            bricks.add(new BrickId(new UUID(5, number)));
            // The first two on one machine; the third has a device of the same number.
            String fileSystem = (number == 3 ? "there" : "here") + "/8:1";
            picture.announced(with(
                    bt1(number),
                    new NodeId(new UUID(6, number)),
                    bricks.get(number - 1),
                    new BrickCapacity(0, 10L * number, 600, 60, fileSystem)));
        }
        PoolTopology topology = picture.draw();
        assertThat(capacity(topology, bricks.get(0))).isEqualTo(new BrickCapacity(310, 10, 300, 30, "here/8:1"));
        assertThat(capacity(topology, bricks.get(1))).isEqualTo(new BrickCapacity(320, 20, 300, 30, "here/8:1"));
        assertThat(capacity(topology, bricks.get(2))).isEqualTo(new BrickCapacity(630, 30, 600, 60, "there/8:1"));
    }

    private static BrickCapacity capacity(PoolTopology topology, BrickId brick) {
        return topology.brick(brick).orElseThrow().announced().capacity();
    }

    private static Announcement with(Announcement base, NodeId node, BrickId brick, BrickCapacity capacity) {
        Announcement.Brick first = base.bricks().get(0);
        return new Announcement(
                node,
                new NodeName("n" + node.value().getLeastSignificantBits()),
                base.address(),
                base.httpUrl(),
                base.brickKeeper(),
                null,
                List.of(new Announcement.Brick(
                        brick, first.volume(), first.location(), first.health(), "", capacity, first.actor())),
                base.incarnation());
    }
}
