package io.mortar.client.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one brick: at most {@code size} are unanswered, the rest waits in order. Artery's lane to a peer drops messages when it
 * overflows, so the windows of all bricks of a node together stay far below its queue. Safe for use by several threads.
 */
final class BrickWindow {
    private final int size;
    private final Map<Long, Call> unanswered = new LinkedHashMap<>();
    private final Deque<Call> waiting = new ArrayDeque<>();

    BrickWindow(int size) {
        this.size = size;
    }

    /** Takes a call in; true if it is to be sent now. */
    synchronized boolean enter(Call call, long resendNanos) {
        if (unanswered.size() < size) {
            call.resendNanos = resendNanos;
            unanswered.put(call.id, call);
            return true;
        }
        waiting.add(call);
        return false;
    }

    /** Ends a call, if it is still here; returns the call that is to be sent now in its place. */
    synchronized @Nullable Call leave(Call call, long resendNanos) {
        if (unanswered.remove(call.id) == null) {
            waiting.remove(call);
            return null;
        }
        Call next = waiting.poll();
        if (next != null) {
            next.resendNanos = resendNanos;
            unanswered.put(next.id, next);
        }
        return next;
    }

    /** Puts off when a call is sent again, if it is still unanswered. */
    synchronized void resendAt(Call call, long resendNanos) {
        call.resendNanos = resendNanos;
    }

    /** The calls that were not answered for long and are to be sent again now. */
    synchronized List<Call> dueForResend(long nowNanos, long nextResendNanos) {
        List<Call> due = new ArrayList<>();
        for (Call call : unanswered.values()) {
            if (nowNanos - call.resendNanos >= 0) {
                call.resendNanos = nextResendNanos;
                due.add(call);
            }
        }
        return due;
    }

    /** All calls, answered ones excepted. */
    synchronized List<Call> calls() {
        List<Call> all = new ArrayList<>(unanswered.values());
        all.addAll(waiting);
        return all;
    }
}
