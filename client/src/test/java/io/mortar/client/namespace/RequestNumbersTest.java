package io.mortar.client.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestNumbersTest {
    private static final int THREADS = 4;
    private static final int CHANGES = 200_000;

    private final RequestNumbers numbers = new RequestNumbers();

    @Test
    void numbers_below_the_lowest_open_one_are_settled() {
        assertThat(numbers.settledBelow()).isEqualTo(1);
        long first = numbers.begin();
        long second = numbers.begin();
        numbers.end(second);
        assertThat(numbers.settledBelow()).isEqualTo(first);
        numbers.end(first);
        assertThat(numbers.settledBelow()).isEqualTo(second + 1);
    }

    @Test
    void no_change_is_declared_settled_while_it_is_open_whatever_others_begin_and_end() throws Exception {
        AtomicLong declared = new AtomicLong();
        Callable<Long> client = () -> {
            long settledTooEarly = 0;
            for (int i = 0; i < CHANGES; i++) {
                long number = numbers.begin();
                declared.accumulateAndGet(numbers.settledBelow(), Math::max);
                settledTooEarly += declared.get() > number ? 1 : 0;
                numbers.end(number);
            }
            return settledTooEarly;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> clients = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                clients.add(threads.submit(client));
            }
            for (Future<Long> each : clients) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
