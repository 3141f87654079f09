package io.mortar.multijvm.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network namespace for each node, joined by a bridge that this machine is on as well: nodes can be cut off from each other while
 * clients reach them all. Takes Linux, root and the {@code ip} command.
 */
public final class SeparateNetworks implements NodeNetwork {
    private static final int TRANSPORT_PORT = 2551;
    private static final int HTTP_PORT = 8080;

    private final int count;
    private final String prefix = "mtr" + ProcessHandle.current().pid() % 100_000;
    private final String subnet = "10." + (200 + ProcessHandle.current().pid() % 50) + ".77.";

    public SeparateNetworks(int count) {
        this.count = count;
    }

    /** Whether such networks can be made here. */
    public static boolean areAvailable() throws InterruptedException {
        SeparateNetworks trial = new SeparateNetworks(1);
        try {
            trial.setUp();
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            trial.tearDown();
        }
    }

    @Override
    public void setUp() throws IOException, InterruptedException {
        ip("link add " + prefix + " type bridge");
        ip("addr add " + subnet + "254/24 dev " + prefix);
        ip("link set " + prefix + " up");
        for (int i = 1; i <= count; i++) {
            String space = prefix + "n" + i;
            ip("netns add " + space);
            ip("link add " + space + " type veth peer name eth0 netns " + space);
            ip("link set " + space + " master " + prefix + " up");
            ip("-n " + space + " addr add " + subnet + i + "/24 dev eth0");
            ip("-n " + space + " link set eth0 up");
            ip("-n " + space + " link set lo up");
        }
    }

    @Override
    public List<String> hosts() {
        return IntStream.rangeClosed(1, count).mapToObj(i -> subnet + i).toList();
    }

    @Override
    public FreePorts ports() {
        return new FreePorts(TRANSPORT_PORT, HTTP_PORT);
    }

    @Override
    public List<String> commandAt(String host, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", space(host)));
        inside.addAll(command);
        return inside;
    }

    /** From now on nothing that {@code from} sends to {@code to} arrives there. */
    public void cut(NodeProcess from, NodeProcess to) throws IOException, InterruptedException {
        ip("-n " + space(from.spec().host()) + " route add blackhole "
                + to.spec().host() + "/32");
    }

    /** Undoes {@link #cut}. */
    public void mend(NodeProcess from, NodeProcess to) throws IOException, InterruptedException {
        ip("-n " + space(from.spec().host()) + " route del blackhole "
                + to.spec().host() + "/32");
    }

    @Override
    public void tearDown() throws InterruptedException {
        for (int i = 1; i <= count; i++) {
            quietly("netns del " + prefix + "n" + i);
        }
        quietly("link del " + prefix);
    }

    private String space(String host) {
        return prefix + "n" + host.substring(subnet.length());
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: ip " + arguments);
        }
    }

    /** For what may be gone, or may never have been there. */
    private static void quietly(String arguments) throws InterruptedException {
        try {
            ip(arguments);
        } catch (IOException e) {
            // Nothing to take away.
        }
    }
}
