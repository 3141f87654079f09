package io.mortar.client.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void what_depends_on_a_stage_of_akka_runs_on_threads_of_the_executor_only() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 50; i++) {
            CompletionStage<Integer> last = Stages.on(
                            kit.system().executionContext(), Source.range(1, 3).runWith(Sink.last(), kit.system()))
                    .thenApply(n -> {
                        threads.add(Thread.currentThread().getName());
                        return n + 1;
                    });
            assertThat(last.toCompletableFuture().join()).isEqualTo(4);
        }
        String here = Thread.currentThread().getName();
        assertThat(threads).allMatch(name -> name.contains("default-dispatcher") || name.equals(here));
    }

    @Test
    void a_failure_arrives_as_it_was() {
        CompletionStage<Integer> failed = Stages.on(
                kit.system().executionContext(),
                Source.<Integer>failed(new IOException("broken")).runWith(Sink.head(), kit.system()));
        assertThatThrownBy(() -> failed.toCompletableFuture().join())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("broken");
    }
}
