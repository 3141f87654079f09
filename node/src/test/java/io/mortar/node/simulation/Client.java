package io.mortar.node.simulation;

import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.node.coordinator.SimulatedCoordinator.Asked;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.testkit.linearizability.History;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Does one call after the other through the node it is attached to, and writes down what it sees. */
final class Client {
    private static final int THINK_MICROS_MAX = 8_000;
    private static final int DREAM_MICROS_MAX = 200_000;
    private static final int UPLOAD_SIZE_BYTES = 100_000;
    private static final String UPLOADED = "upload ";

    private final int number;
    private final int node;
    private final SimulatedPool pool;
    private final RandomGenerator random;
    private final RandomCalls calls;
    private final History<TreeCall, String> history;
    private long lastSequence;
    private int openWhenHealed;

    Client(int number, int node, SimulatedPool pool, RandomGenerator random) {
        this.number = number;
        this.node = node;
        this.pool = pool;
        this.random = random;
        this.calls = new RandomCalls(number, random, pool.tags(), pool.style().crowded());
        this.history = pool.history();
    }

    /** Calls without an answer of those that were made after everything had been healed. */
    int openWhenHealed() {
        return openWhenHealed;
    }

    void thinkThenCall() {
        boolean dreams = random.nextInt(100) < pool.style().dreamPercent();
        pool.clock().after(random.nextInt(dreams ? DREAM_MICROS_MAX : THINK_MICROS_MAX), () -> {
            if (pool.isOpen()) {
                call();
            }
        });
    }

    private void call() {
        TreeCall call = calls.next();
        boolean healed = pool.isHealed();
        openWhenHealed += healed ? 1 : 0;
        History<TreeCall, String>.Call noted = history.invoke(number, call);
        Consumer<Outcome> answered = outcome -> {
            learn(call, outcome);
            noted.answered(text(outcome));
            openWhenHealed -= healed ? 1 : 0;
            thinkThenCall();
        };
        if (call instanceof TreeCall.Look look) {
            ask(new Query.Lookup(look.path()), answered);
        } else if (call instanceof TreeCall.Names names) {
            ask(new Query.ListDirectory(names.path(), "", 100), answered);
        } else if (call instanceof TreeCall.Put put && put.content().startsWith(UPLOADED)) {
            upload(put, noted, answered);
        } else {
            change(command(call), answered, this::thinkThenCall);
        }
    }

    /** Makes up the content of a file with chunks: what is told apart is its checksum. */
    static String uploaded(int crc32c) {
        return UPLOADED + crc32c;
    }

    private void upload(TreeCall.Put put, History<TreeCall, String>.Call noted, Consumer<Outcome> answered) {
        WriteCondition condition = calls.condition(put.condition());
        int crc32c = Integer.parseInt(put.content().substring(UPLOADED.length()));
        Consumer<Outcome> opened = outcome -> {
            if (outcome instanceof Outcome.WriteOpened open) {
                change(
                        new Command.CommitWrite(open.version(), condition, UPLOAD_SIZE_BYTES, crc32c, List.of()),
                        answered,
                        this::thinkThenCall);
            } else {
                answered.accept(outcome);
            }
        };
        change(new Command.OpenWrite(put.path(), condition, UPLOAD_SIZE_BYTES), opened, () -> {
            noted.refused(); // Nobody knows its number, so nobody can commit it.
            thinkThenCall();
        });
    }

    private Command command(TreeCall call) {
        if (call instanceof TreeCall.Put put) {
            return new Command.PutInline(
                    put.path(), calls.condition(put.condition()), put.content().getBytes(StandardCharsets.UTF_8));
        }
        if (call instanceof TreeCall.Make make) {
            return new Command.MakeDirectory(make.path(), make.parents());
        }
        if (call instanceof TreeCall.Remove remove) {
            return new Command.Remove(remove.path(), remove.recursive(), calls.condition(remove.condition()));
        }
        if (call instanceof TreeCall.Move move) {
            return new Command.Move(move.path(), move.to(), move.overwrite(), calls.condition(move.condition()));
        }
        throw new AssertionError("unhandled " + call);
    }

    private void ask(Query query, Consumer<Outcome> answered) {
        new Exchange(pool, node, true, (led, replyTo) -> led.ask(query, replyTo), answered, this::thinkThenCall)
                .begin();
    }

    private void change(Command command, Consumer<Outcome> answered, Runnable unknown) {
        long sequence = ++lastSequence;
        Asked asked = new Asked(new RequestKey(number, sequence, sequence), command);
        new Exchange(pool, node, false, (led, replyTo) -> led.change(asked, replyTo), answered, unknown).begin();
    }

    private void learn(TreeCall call, Outcome outcome) {
        if (outcome instanceof Outcome.Written written && call instanceof TreeCall.Put put) {
            pool.tags().put(put.content(), ETag.of(written.version()));
        } else if (outcome instanceof Outcome.FileFound found) {
            pool.tags().put(content(found.file()), found.file().etag());
        }
    }

    private static String content(FileView file) {
        return file.striping() == null ? new String(file.inline(), StandardCharsets.UTF_8) : uploaded(file.crc32c());
    }

    private static String text(Outcome outcome) {
        if (outcome instanceof Outcome.FileFound found) {
            return content(found.file());
        }
        if (outcome instanceof Outcome.DirectoryFound) {
            return Tree.DIRECTORY;
        }
        if (outcome instanceof Outcome.Listing listing) {
            return "names " + names(listing.entries());
        }
        if (outcome instanceof Outcome.Written written) {
            return written.created() ? "created" : "replaced";
        }
        if (outcome instanceof Outcome.Removed) {
            return "removed";
        }
        if (outcome instanceof Outcome.DirectoryMade made) {
            return made.created() ? "made" : "was there";
        }
        if (outcome instanceof Outcome.Moved moved) {
            return moved.replaced() ? "moved over" : "moved";
        }
        if (outcome instanceof Outcome.Refused refused) {
            return TreeModel.refused(refused.refusal().code());
        }
        throw new AssertionError("unexpected " + outcome);
    }

    private static String names(List<Outcome.Entry> entries) {
        return entries.stream()
                .map(entry -> entry.name() + (entry.directory() ? "/" : ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
