package io.mortar.client.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TransferBudgetTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TransferBudget budget =
            new TransferBudget(100, KIT.scheduler(), KIT.system().executionContext());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private CompletableFuture<Permit> acquire(int bytes, Duration wait) {
        return budget.acquire(bytes, wait).toCompletableFuture();
    }

    @Test
    void what_is_free_is_granted_at_once_and_returned_once() {
        Permit permit = acquire(60, LONG).join();
        assertThat(budget.freeBytes()).isEqualTo(40);
        permit.release();
        permit.release();
        assertThat(budget.freeBytes()).isEqualTo(100);
    }

    @Test
    void who_asks_for_more_than_is_free_waits_for_a_release() throws Exception {
        Permit first = acquire(60, LONG).join();
        CompletableFuture<Permit> second = acquire(50, LONG);
        assertThat(second).isNotDone();
        first.release();
        assertThat(second.get(5, TimeUnit.SECONDS).bytes()).isEqualTo(50);
    }

    @Test
    void a_large_request_is_not_overtaken_by_small_ones() throws Exception {
        Permit first = acquire(60, LONG).join();
        CompletableFuture<Permit> large = acquire(90, LONG);
        CompletableFuture<Permit> small = acquire(10, LONG);
        assertThat(small).isNotDone();
        first.release();
        assertThat(large.get(5, TimeUnit.SECONDS).bytes()).isEqualTo(90);
        assertThat(small.get(5, TimeUnit.SECONDS).bytes()).isEqualTo(10);
    }

    @Test
    void waiting_ends_with_a_refusal_and_lets_the_next_one_pass() throws Exception {
        acquire(60, LONG).join();
        CompletableFuture<Permit> large = acquire(90, Duration.ofMillis(50));
        CompletableFuture<Permit> small = acquire(10, LONG);
        assertThatThrownBy(large::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RefusedException.class)
                .cause()
                .satisfies(
                        e -> assertThat(((RefusedException) e).refusal().code()).isEqualTo(RefusalCode.OVERLOADED));
        assertThat(small.get(5, TimeUnit.SECONDS).bytes()).isEqualTo(10);
    }

    @Test
    void more_than_the_whole_budget_is_refused_at_once() {
        assertThat(acquire(101, LONG)).isCompletedExceptionally();
    }

    @Test
    void many_takers_never_hold_more_than_the_budget_and_leave_it_whole() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int bytes = 1 + i % 40;
            all.add(acquire(bytes, LONG).thenAcceptAsync(permit -> {
                assertThat(budget.freeBytes()).isNotNegative();
                permit.release();
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        assertThat(budget.freeBytes()).isEqualTo(100);
    }
}
