package io.mortar.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.client.pool.MetadataCalls.Answer;
import io.mortar.client.pool.MetadataCalls.UnansweredException;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataCallsTest {
    private record Question(ActorRef<String> replyTo) {}

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String MOVED = "moved";

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Question> first = kit.createTestProbe();
    private final TestProbe<Question> second = kit.createTestProbe();
    private volatile @Nullable ActorRef<Question> serving = first.ref();
    private volatile @Nullable PoolId pool = new PoolId(new UUID(0, 1));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private CompletableFuture<Answer<String>> ask(Duration resendAfter, Duration absenceMax, Duration patience) {
        NodeId self = new NodeId(new UUID(0, 2));
        MetadataCalls<Question, String> calls = new MetadataCalls<>(
                kit.system(),
                () -> new PoolTopology(self, pool, null, null, null, Map.of(), Map.of()),
                topology -> serving,
                MOVED::equals,
                new MetadataCalls.Times(resendAfter, absenceMax, patience));
        return calls.send(Question::new).toCompletableFuture();
    }

    @Test
    void an_answer_comes_back() {
        CompletableFuture<Answer<String>> asked = ask(LONG, LONG, LONG);
        first.receiveMessage().replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).isEqualTo(new Answer<>("yes", false));
    }

    @Test
    void a_request_follows_the_actor_that_took_over_without_waiting_for_the_old_one() {
        CompletableFuture<Answer<String>> asked = ask(LONG, LONG, LONG);
        first.receiveMessage();
        serving = second.ref();
        second.receiveMessage().replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).isEqualTo(new Answer<>("yes", true));
    }

    @Test
    void what_an_earlier_one_answers_does_not_count_once_a_later_one_was_asked() {
        CompletableFuture<Answer<String>> asked = ask(LONG, LONG, LONG);
        Question early = first.receiveMessage();
        serving = second.ref();
        Question late = second.receiveMessage();
        early.replyTo().tell("no");
        late.replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).isEqualTo(new Answer<>("yes", true));
    }

    @Test
    void one_that_says_that_it_serves_no_more_is_asked_again_until_another_is_named() {
        CompletableFuture<Answer<String>> asked = ask(LONG, LONG, LONG);
        first.receiveMessage().replyTo().tell(MOVED);
        first.receiveMessage();
        serving = second.ref();
        second.receiveMessage().replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).extracting(Answer::reply).isEqualTo("yes");
    }

    @Test
    void an_unanswered_request_is_sent_again() {
        CompletableFuture<Answer<String>> asked = ask(Duration.ofMillis(100), LONG, LONG);
        first.receiveMessage();
        first.receiveMessage().replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).isEqualTo(new Answer<>("yes", true));
    }

    @Test
    void while_nobody_serves_a_request_waits() {
        serving = null;
        CompletableFuture<Answer<String>> asked = ask(LONG, LONG, LONG);
        serving = second.ref();
        second.receiveMessage().replyTo().tell("yes");
        assertThat(asked).succeedsWithin(LONG).isEqualTo(new Answer<>("yes", false));
    }

    @Test
    void giving_up_says_whether_the_request_may_have_arrived() {
        assertThat(sentBeforeGivingUp(ask(LONG, LONG, Duration.ofMillis(200)))).isTrue();
        serving = null;
        assertThat(sentBeforeGivingUp(ask(LONG, Duration.ofMillis(200), LONG))).isFalse();
        pool = null;
        assertThat(sentBeforeGivingUp(ask(LONG, LONG, LONG))).isFalse();
    }

    private static boolean sentBeforeGivingUp(CompletableFuture<Answer<String>> asked) {
        return asked.handle((answer, failure) -> {
                    if (failure instanceof UnansweredException none) {
                        return none.wasSent();
                    }
                    throw new AssertionError("ended otherwise: " + answer, failure);
                })
                .join();
    }
}
