package io.mortar.multijvm.pool;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Networks of a drill for the nodes of a test: they can be cut off from each other while clients reach them all. */
public final class SeparateNetworks implements NodeNetwork {
    private static final int TRANSPORT_PORT = 2551;
    private static final int HTTP_PORT = 8080;

    private final int count;
    private io.mortar.cli.local.@Nullable SeparateNetworks networks;

    public SeparateNetworks(int count) {
        this.count = count;
    }

    /** Whether such networks can be made here. */
    public static boolean areAvailable() throws InterruptedException {
        try {
            io.mortar.cli.local.SeparateNetworks.make(1).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void setUp() throws IOException, InterruptedException {
        networks = io.mortar.cli.local.SeparateNetworks.make(count);
    }

    @Override
    public List<String> hosts() {
        return IntStream.rangeClosed(1, count).mapToObj(made()::host).toList();
    }

    @Override
    public FreePorts ports() {
        return new FreePorts(TRANSPORT_PORT, HTTP_PORT);
    }

    @Override
    public List<String> commandAt(String host, List<String> command) {
        return made().commandAt(number(host), command);
    }

    /** From now on nothing that {@code from} sends to {@code to} arrives there. */
    public void cut(NodeProcess from, NodeProcess to) throws IOException, InterruptedException {
        made().cut(number(from.spec().host()), number(to.spec().host()));
    }

    /** Undoes {@link #cut}. */
    public void mend(NodeProcess from, NodeProcess to) throws IOException, InterruptedException {
        made().mend(number(from.spec().host()), number(to.spec().host()));
    }

    @Override
    public void tearDown() {
        if (networks != null) {
            networks.close();
        }
    }

    private io.mortar.cli.local.SeparateNetworks made() {
        return Objects.requireNonNull(networks, "not set up yet");
    }

    private int number(String host) {
        return hosts().indexOf(host) + 1;
    }
}
