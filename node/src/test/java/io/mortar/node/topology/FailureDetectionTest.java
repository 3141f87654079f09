package io.mortar.node.topology;

import static org.assertj.core.api.Assertions.assertThat;

import akka.remote.DeadlineFailureDetector;
import akka.remote.FailureDetector.Clock;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import scala.concurrent.duration.FiniteDuration;

/** The settings with which nodes watch each other. */
class FailureDetectionTest {
    private static final Config CLUSTER =
            ConfigFactory.parseResources("mortar-akka.conf").getConfig("akka.cluster");
    private static final Config DETECTOR = CLUSTER.getConfig("failure-detector");
    private static final Duration INTERVAL = DETECTOR.getDuration("heartbeat-interval");

    private final ManualClock clock = new ManualClock();
    private final DeadlineFailureDetector detector = new DeadlineFailureDetector(
            finite(DETECTOR.getDuration("acceptable-heartbeat-pause")), finite(INTERVAL), clock);

    private static final class ManualClock extends Clock {
        private long millis = 1_000_000;

        @Override
        public Object apply() {
            return millis;
        }

        @Override
        public long apply$mcJ$sp() {
            return millis;
        }

        void advance(Duration time) {
            millis += time.toMillis();
        }
    }

    private static FiniteDuration finite(Duration duration) {
        return FiniteDuration.create(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beatFor(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += INTERVAL.toMillis()) {
            detector.heartbeat();
            clock.advance(INTERVAL);
        }
        detector.heartbeat();
    }

    @Test
    void these_are_the_settings_that_are_in_use() {
        assertThat(DETECTOR.getString("implementation-class")).isEqualTo(DeadlineFailureDetector.class.getName());
    }

    @Test
    void a_node_that_does_nothing_for_two_seconds_is_not_taken_for_dead() {
        beatFor(Duration.ofSeconds(20));
        clock.advance(INTERVAL.plus(Duration.ofSeconds(2)));
        assertThat(detector.isAvailable()).isTrue();
        clock.advance(Duration.ofMillis(900));
        assertThat(detector.isAvailable()).as("with room for a busy machine").isTrue();
    }

    @Test
    void a_dead_node_is_noticed_within_five_seconds_with_room_for_the_news_to_spread() {
        Duration looks = CLUSTER.getDuration("unreachable-nodes-reaper-interval");
        Duration gossip = CLUSTER.getDuration("gossip-interval");
        beatFor(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(5).minus(looks).minus(gossip));
        assertThat(detector.isAvailable()).isFalse();
    }
}
