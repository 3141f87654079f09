package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Read;
import io.mortar.cli.drill.load.Reply.Found;
import io.mortar.cli.drill.load.Reply.Refused;
import io.mortar.cli.drill.load.Reply.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One client: makes one operation after the other, each through another node, and repeats it through the next node as long as it is refused
 * or not answered. For use by one thread at a time.
 */
final class LoadClient {
    /** After a lost answer, before the next attempt. */
    private static final long PAUSE_MILLIS = 50;

    private final Files files;
    private final Pace pace;
    private final Tally tally;
    private final LoadSettings settings;
    private final long beganNanos;
    private final Ledger ledger = new Ledger();
    private final Script script;
    private int node;

    LoadClient(int number, Files files, Pace pace, Tally tally, LoadSettings settings) {
        this.files = files;
        this.pace = pace;
        this.tally = tally;
        this.settings = settings;
        this.beganNanos = pace.nanos();
        this.node = number % files.nodeCount();
        SplittableRandom random = new SplittableRandom(settings.seed() * 31 + number);
        this.script = new Script(random, "c" + number, settings.filesMax(), settings.sizeBytesMax());
    }

    List<String> directories() {
        return script.directories();
    }

    /** Makes the next operation, until it is answered or given up. */
    void step() throws InterruptedException {
        Operation operation = script.next(ledger);
        node = (node + 1) % files.nodeCount();
        perform(operation);
        pace.pause(settings.rest().toMillis());
    }

    /** Compares all files of this client with what was acknowledged, through each node. Ends at the first one that cannot be had. */
    Verified verify() throws InterruptedException {
        for (int through = 0; through < files.nodeCount(); through++) {
            int right = 0;
            for (String path : List.copyOf(ledger.files().keySet())) {
                node = through;
                if (!perform(new Read(path))) {
                    return new Verified(0, ledger.files().size());
                }
                right++;
            }
            for (String directory : script.directories()) {
                node = through;
                if (!perform(new Names(directory))) {
                    return new Verified(0, right);
                }
            }
        }
        return new Verified(ledger.files().size(), 0);
    }

    /** Files that are as acknowledged through every node, and files of which that is not known. */
    record Verified(int files, int unverified) {}

    /** Returns whether it was answered at last. */
    private boolean perform(Operation operation) throws InterruptedException {
        long started = pace.nanos();
        boolean lost = false;
        while (true) {
            Reply reply = files.attempt(node, operation);
            long pauseMillis;
            if (reply instanceof Refused refused) {
                tally.trouble(refused.code());
                pauseMillis = Math.max(PAUSE_MILLIS, refused.retryAfterMillis());
            } else if (reply instanceof Unknown unknown) {
                tally.trouble(unknown.reason());
                lost = true;
                pauseMillis = PAUSE_MILLIS;
            } else {
                ledger.answered(operation, reply, lost).forEach(tally::found);
                count(operation, reply);
                tally.answered(operation.kind(), millis(beganNanos, started), millis(started, pace.nanos()));
                return true;
            }
            if (millis(started, pace.nanos()) > settings.patience().toMillis()) {
                ledger.forget(operation);
                tally.unanswered();
                return false;
            }
            pace.pause(pauseMillis);
            node = (node + 1) % files.nodeCount();
        }
    }

    private void count(Operation operation, Reply reply) {
        tally.moved(
                operation instanceof Put put ? put.content().sizeBytes() : 0,
                reply instanceof Found found ? found.bytes().length : 0);
    }

    private static long millis(long fromNanos, long toNanos) {
        return Duration.ofNanos(toNanos - fromNanos).toMillis();
    }
}
