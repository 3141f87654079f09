package io.mortar.node.metadata;

import akka.actor.ActorSystem;
import akka.actor.CoordinatedShutdown;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.NotLeaderException;
import io.mortar.node.coordinator.FaultHandler;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an import on a thread of its own. A leadership that ends meanwhile ends it, and the next one repeats it. */
final class ImportThread implements Leaderships.Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(ImportThread.class);

    private final LocalImport work;
    private final ActorSystem system;
    private final FaultHandler fault;

    ImportThread(LocalImport work, ActorSystem system, FaultHandler fault) {
        this.work = work;
        this.system = system;
        this.fault = fault;
    }

    @Override
    public void start(long term, LongConsumer done) {
        Thread thread = new Thread(() -> run(term, done), "metadata-import-" + term);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long term, LongConsumer done) {
        try {
            synchronized (work) { // one of an earlier leadership may not have noticed its end yet
                work.run(term);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
            return;
        }
        done.accept(term);
    }

    /** The stores are closed under an import when the node stops in order. */
    private void failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean repeated = cause instanceof NotLeaderException || cause instanceof LeadershipLostException;
        if (repeated || CoordinatedShutdown.get(system).getShutdownReason().isPresent()) {
            LOG.info(
                    "import of this node's metadata was interrupted, the next leadership repeats it: {}",
                    cause.toString());
        } else {
            fault.halt(
                    "import the metadata that this node has kept for itself; nothing is lost, the next start repeats it",
                    cause);
        }
    }
}
