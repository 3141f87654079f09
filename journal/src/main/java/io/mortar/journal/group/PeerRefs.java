package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import io.mortar.journal.wire.GroupMessage;

/** The actors of a group on other nodes, by the addresses of their systems, which all have one name. */
final class PeerRefs {
    private final String system;
    private final String ownAddress;
    private final int group;
    private final ActorRefResolver resolver;

    PeerRefs(ActorSystem<?> system, int group) {
        this.system = system.name();
        this.group = group;
        this.resolver = ActorRefResolver.get(system);
        this.ownAddress = system.address().getHost().isPresent()
                ? system.address().getHost().get() + ":"
                        + system.address().getPort().get()
                : "";
    }

    /** The name of the actor that drives the core, below {@code /user}. */
    static String coreName(int group) {
        return "raft-" + group;
    }

    /** The name of the actor that takes large messages, below {@code /user}. */
    static String bulkName(int group) {
        return "raft-bulk-" + group;
    }

    /** {@code host:port} of this system; empty without remoting. */
    String ownAddress() {
        return ownAddress;
    }

    ActorRef<GroupMessage> core(String address) {
        return resolve(address, coreName(group));
    }

    ActorRef<GroupMessage> bulk(String address) {
        return resolve(address, bulkName(group));
    }

    private ActorRef<GroupMessage> resolve(String address, String name) {
        return resolver.resolveActorRef("akka://" + system + "@" + address + "/user/" + name);
    }
}
