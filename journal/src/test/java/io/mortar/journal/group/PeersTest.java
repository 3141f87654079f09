package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.wire.Route;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("""
                    akka.actor.provider = remote
                    akka.loglevel = ERROR
                    akka.remote.artery.transport = tcp
                    akka.remote.artery.canonical.hostname = "127.0.0.1"
                    akka.remote.artery.canonical.port = 0
                    """).withFallback(ConfigFactory.load()));
    private static final GroupIdentity IDENTITY = new GroupIdentity(new UUID(1, 2), 1);
    private static final MemberId SELF = new MemberId("a");
    private static final MemberId OTHER = new MemberId("b");

    private final Peers peers = new Peers(IDENTITY, SELF, new PeerRefs(KIT.system(), 1), 1 << 17);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Route from(UUID clusterId, int group, MemberId to, String address) {
        return new Route(clusterId, group, OTHER, to, address);
    }

    private String addressOfOther() {
        return peers.bulk(OTHER)
                .map(actor -> actor.path().address().hostPort())
                .map(hostPort -> hostPort.substring(hostPort.indexOf('@') + 1))
                .orElse("unknown");
    }

    private void say(String address) {
        peers.learn(List.of(new Candidate(OTHER, address, "host", true, 0)));
    }

    @Test
    void messages_of_other_clusters_groups_and_members_are_dropped_and_teach_nothing() {
        assertThat(peers.accepts(from(new UUID(3, 4), 1, SELF, "h:1"))).isFalse();
        assertThat(peers.accepts(from(IDENTITY.clusterId(), 2, SELF, "h:1"))).isFalse();
        assertThat(peers.accepts(from(IDENTITY.clusterId(), 1, new MemberId("c"), "h:1")))
                .isFalse();
        assertThat(addressOfOther()).isEqualTo("unknown");
    }

    @Test
    void a_member_is_where_its_latest_message_came_from() {
        assertThat(peers.accepts(from(IDENTITY.clusterId(), 1, SELF, "h:1"))).isTrue();
        assertThat(addressOfOther()).isEqualTo("h:1");
        assertThat(peers.accepts(from(IDENTITY.clusterId(), 1, SELF, "h:2"))).isTrue();
        assertThat(addressOfOther()).isEqualTo("h:2");
    }

    @Test
    void what_the_membership_says_counts_only_while_nothing_newer_is_known() {
        Membership membership = new Membership(List.of(Member.voter(SELF, "h:0"), Member.voter(OTHER, "h:1")));
        peers.learn(membership);
        assertThat(addressOfOther()).isEqualTo("h:1");
        peers.accepts(from(IDENTITY.clusterId(), 1, SELF, "h:2"));
        peers.learn(membership);
        assertThat(addressOfOther()).isEqualTo("h:2");
    }

    @Test
    void a_membership_that_says_something_new_counts_where_only_the_one_before_it_was_known() {
        peers.learn(new Membership(List.of(Member.voter(OTHER, "h:1"))));
        peers.learn(new Membership(List.of(Member.voter(OTHER, "h:2"))));
        assertThat(addressOfOther()).isEqualTo("h:2");
        peers.accepts(from(IDENTITY.clusterId(), 1, SELF, "h:3"));
        peers.learn(new Membership(List.of(Member.voter(OTHER, "h:4"))));
        assertThat(addressOfOther()).isEqualTo("h:3");
    }

    @Test
    void what_the_application_says_counts_when_it_says_something_new() {
        say("h:1");
        assertThat(addressOfOther()).isEqualTo("h:1");
        peers.accepts(from(IDENTITY.clusterId(), 1, SELF, "h:2"));
        say("h:1");
        assertThat(addressOfOther()).isEqualTo("h:2");
        say("h:3");
        assertThat(addressOfOther()).isEqualTo("h:3");
    }
}
