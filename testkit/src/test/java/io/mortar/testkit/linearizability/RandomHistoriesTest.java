package io.mortar.testkit.linearizability;

import static io.mortar.testkit.linearizability.Registers.add;
import static io.mortar.testkit.linearizability.Registers.compareAndSet;
import static io.mortar.testkit.linearizability.Registers.read;
import static io.mortar.testkit.linearizability.Registers.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import io.mortar.testkit.linearizability.Registers.Ask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Histories made from a correct register by one seed, whole and with one answer changed. */
class RandomHistoriesTest {
    private static final List<String> NAMES = List.of("x", "y", "z");

    @Test
    void whatever_a_correct_register_answers_is_linearizable() {
        Seeds.upTo(300).forEach(seed -> {
            List<Operation<Ask, Integer>> operations = correct(Seeds.random(seed), 8, 200);
            assertThat(Registers.check().check(operations))
                    .as("seed %d", seed)
                    .isInstanceOf(Verdict.Linearizable.class);
        });
    }

    @Test
    void an_answer_that_no_order_can_give_is_found_wherever_it_is() {
        Seeds.upTo(300).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            List<Operation<Ask, Integer>> operations = correct(random, 8, 200);
            int victim = answeredFrom(operations, random.nextInt(operations.size()));
            Operation<Ask, Integer> was = operations.get(victim);
            operations.set(victim, new Operation<>(was.client(), was.input(), -1, was.invoked(), was.returned()));
            assertThat(Registers.check().check(operations))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            Verdict.NotLinearizable.class,
                            failure -> assertThat(failure.partition())
                                    .isEqualTo(was.input().register()));
        });
    }

    @Test
    void short_histories_with_random_answers_are_judged_as_by_trying_all_orders() {
        int[] verdicts = new int[2];
        Seeds.upTo(3000).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            List<Operation<Ask, Integer>> operations = correct(random, 3, 6);
            for (int i = 0; i < operations.size(); i++) {
                Operation<Ask, Integer> was = operations.get(i);
                if (was.isAnswered() && random.nextInt(4) == 0) {
                    int answer = random.nextInt(4);
                    operations.set(
                            i, new Operation<>(was.client(), was.input(), answer, was.invoked(), was.returned()));
                }
            }
            boolean expected = NAMES.stream()
                    .allMatch(name -> naive(
                            operations.stream()
                                    .filter(each -> each.input().register().equals(name))
                                    .toList(),
                            0));
            verdicts[expected ? 1 : 0]++;
            assertThat(Registers.check().check(operations).isLinearizable())
                    .as("seed %d: %s", seed, operations)
                    .isEqualTo(expected);
        });
        if (Long.getLong("seed") == null) {
            assertThat(verdicts[0]).isGreaterThan(500);
            assertThat(verdicts[1]).isGreaterThan(500);
        }
    }

    /** Wing and Gong without any short cut: some operation that no answer precedes comes first, then the rest. */
    private static boolean naive(List<Operation<Ask, Integer>> left, int state) {
        if (left.stream().noneMatch(Operation::isAnswered)) {
            return true;
        }
        long firstAnswer = left.stream().mapToLong(Operation::returned).min().orElseThrow();
        for (Operation<Ask, Integer> next : left) {
            Integer output = next.output();
            if (next.invoked() < firstAnswer && (output == null || output == Registers.answer(state, next.input()))) {
                List<Operation<Ask, Integer>> rest = new ArrayList<>(left);
                rest.remove(next);
                if (naive(rest, Registers.after(state, next.input()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each client in turn asks, has its operation done, and is told; some give up waiting before or after it was done. */
    private static List<Operation<Ask, Integer>> correct(RandomGenerator random, int clients, int operations) {
        History<Ask, Integer> history = new History<>();
        Map<String, Integer> registers = new HashMap<>();
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(new Client(i, history, registers));
        }
        while (history.operations().size() < operations) {
            all.get(random.nextInt(clients)).step(random);
        }
        return history.operations();
    }

    private static int answeredFrom(List<Operation<Ask, Integer>> operations, int from) {
        int at = from;
        while (!operations.get(at).isAnswered()) {
            at = (at + 1) % operations.size();
        }
        return at;
    }

    private static final class Client {
        private final int number;
        private final History<Ask, Integer> history;
        private final Map<String, Integer> registers;
        private final List<Runnable> next = new ArrayList<>();

        Client(int number, History<Ask, Integer> history, Map<String, Integer> registers) {
            this.number = number;
            this.history = history;
            this.registers = registers;
        }

        void step(RandomGenerator random) {
            if (next.isEmpty()) {
                start(ask(random));
            } else {
                next.remove(0).run();
            }
            if (random.nextInt(20) == 0) {
                next.clear();
            }
        }

        private void start(Ask ask) {
            var call = history.invoke(number, ask);
            int[] answer = new int[1];
            next.add(() -> {
                int state = registers.getOrDefault(ask.register(), 0);
                answer[0] = Registers.answer(state, ask);
                registers.put(ask.register(), Registers.after(state, ask));
            });
            next.add(() -> call.answered(answer[0]));
        }

        private static Ask ask(RandomGenerator random) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            int value = random.nextInt(4);
            return switch (random.nextInt(4)) {
                case 0 -> write(name, value);
                case 1 -> add(name, 1);
                case 2 -> compareAndSet(name, value, random.nextInt(4));
                default -> read(name);
            };
        }
    }
}
