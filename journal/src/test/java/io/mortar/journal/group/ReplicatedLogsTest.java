package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicatedLogsTest {
    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private static ReplicatedLog someLog() {
        return (ReplicatedLog) Proxy.newProxyInstance(
                ReplicatedLog.class.getClassLoader(),
                new Class<?>[] {ReplicatedLog.class},
                (log, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void a_system_without_a_log_says_what_to_do() {
        assertThatThrownBy(() -> ReplicatedLogs.get(kit.system()).log())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("start a RaftGroup and bind it");
    }

    @Test
    void the_log_that_was_bound_is_found_and_no_other_takes_its_place() {
        ReplicatedLog log = someLog();
        ReplicatedLogs.get(kit.system()).bind(log);
        assertThat(ReplicatedLogs.get(kit.system()).log()).isSameAs(log);
        assertThatThrownBy(() -> ReplicatedLogs.get(kit.system()).bind(someLog()))
                .isInstanceOf(IllegalStateException.class);
    }
}
