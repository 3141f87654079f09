package io.mortar.testkit.linearizability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what clients do, from any thread. An operation is invoked before its request leaves and answered after its
 * reply has arrived, so the recorded interval is never shorter than the true one.
 */
public final class History<I, O> {
    private final List<Call> calls = new ArrayList<>();
    private long events;

    /** Notes that {@code client} is about to send {@code input}. A client may go on after an answer that never came. */
    public synchronized Call invoke(int client, I input) {
        Call call = new Call(client, input, events++);
        calls.add(call);
        return call;
    }

    /** What was recorded until now, in the order of invocation; an operation that still runs counts as never answered. */
    public synchronized List<Operation<I, O>> operations() {
        List<Operation<I, O>> operations = new ArrayList<>(calls.size());
        for (Call call : calls) {
            operations.add(new Operation<>(call.client, call.input, call.output, call.invoked, call.returned));
        }
        return operations;
    }

    /** An operation under way. Without a further word its outcome stays unknown. */
    public final class Call {
        private final int client;
        private final I input;
        private final long invoked;
        private @Nullable O output;
        private long returned = Operation.NEVER;

        private Call(int client, I input, long invoked) {
            this.client = client;
            this.input = input;
            this.invoked = invoked;
        }

        /** Notes the answer; at most once. */
        public void answered(O answer) {
            synchronized (History.this) {
                if (output != null) {
                    throw new IllegalStateException("answered twice: " + input);
                }
                output = answer;
                returned = events++;
            }
        }

        /** Takes the operation out of the history: it is certain that it never took effect and never will. */
        public void refused() {
            synchronized (History.this) {
                calls.remove(this);
            }
        }
    }
}
