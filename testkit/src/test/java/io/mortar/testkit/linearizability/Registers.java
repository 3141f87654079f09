package io.mortar.testkit.linearizability;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registers with names, each a small number that starts as 0. */
final class Registers implements SequentialModel<Integer, Registers.Ask, Integer> {
    static final int DONE = 1;
    static final int NOT_DONE = 0;

    enum Verb {
        READ,
        WRITE,
        ADD,
        COMPARE_AND_SET
    }

    /** {@code first} is what is written, added or expected; {@code second} is what is set. */
    record Ask(Verb verb, String register, int first, int second) {
        @Override
        public String toString() {
            return verb + " " + register + " " + first + " " + second;
        }
    }

    static Ask read(String register) {
        return new Ask(Verb.READ, register, 0, 0);
    }

    static Ask write(String register, int value) {
        return new Ask(Verb.WRITE, register, value, 0);
    }

    static Ask add(String register, int amount) {
        return new Ask(Verb.ADD, register, amount, 0);
    }

    static Ask compareAndSet(String register, int expected, int value) {
        return new Ask(Verb.COMPARE_AND_SET, register, expected, value);
    }

    static LinearizabilityCheck<Integer, Ask, Integer> check() {
        return new LinearizabilityCheck<>(new Registers(), Ask::register);
    }

    @Override
    public Integer initial() {
        return 0;
    }

    @Override
    public Optional<Integer> apply(Integer state, Ask ask, @Nullable Integer output) {
        int right = answer(state, ask);
        return output == null || output == right ? Optional.of(after(state, ask)) : Optional.empty();
    }

    static int answer(int state, Ask ask) {
        return switch (ask.verb()) {
            case READ -> state;
            case WRITE -> DONE;
            case ADD -> state + ask.first();
            case COMPARE_AND_SET -> state == ask.first() ? DONE : NOT_DONE;
        };
    }

    static int after(int state, Ask ask) {
        return switch (ask.verb()) {
            case READ -> state;
            case WRITE -> ask.first();
            case ADD -> state + ask.first();
            case COMPARE_AND_SET -> state == ask.first() ? ask.second() : state;
        };
    }
}
