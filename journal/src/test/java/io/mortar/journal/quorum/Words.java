package io.mortar.journal.quorum;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import io.mortar.journal.quorum.Words.Add;

/** Collects words in the replicated journal; its state, its events and its replies are strings. */
final class Words extends EventSourcedBehavior<Add, String, String> {
    /** Adds a word, or none, and asks for all. */
    record Add(String word, ActorRef<String> replyTo) {}

    private Words(String id) {
        super(PersistenceId.ofUniqueId(id));
    }

    /** With a snapshot at every fourth word. */
    static Behavior<Add> create(String id) {
        return new Words(id);
    }

    @Override
    public String journalPluginId() {
        return "mortar.journal.quorum";
    }

    @Override
    public String snapshotPluginId() {
        return "mortar.snapshot.quorum";
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(4, 1).withDeleteEventsOnSnapshot();
    }

    @Override
    public String emptyState() {
        return "";
    }

    @Override
    public CommandHandler<Add, String, String> commandHandler() {
        return (state, add) -> add.word().isEmpty()
                ? Effect().reply(add.replyTo(), state)
                : Effect().persist(add.word()).thenReply(add.replyTo(), after -> after);
    }

    @Override
    public EventHandler<String, String> eventHandler() {
        return (state, word) -> state + word;
    }
}
