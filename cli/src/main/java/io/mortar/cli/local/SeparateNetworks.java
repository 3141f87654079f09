package io.mortar.cli.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network namespace for each node, joined by a bridge that this machine is on as well: nodes can be cut off from each other while clients
 * reach them all. Takes Linux, root and the {@code ip} command. Addresses are of 198.18.0.0/15, which is for tests (RFC 2544); names begin with
 * {@code mtr} and the id of this process, so that those of processes that are gone are removed by the next one.
 */
public final class SeparateNetworks implements LocalNetwork {
    private static final Pattern SPACE = Pattern.compile("mtr(\\d+)n\\d+\\b.*");
    private static final Pattern BRIDGE = Pattern.compile("mtr(\\d+)");
    private static final int CONNECT_MILLIS_MAX = 3000;
    /** Where nobody listens: who reaches the machine is told so at once. */
    private static final int CLOSED_PORT = 9;

    private final int count;
    private final String prefix = "mtr" + ProcessHandle.current().pid();
    private final String subnet;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SeparateNetworks(int count, String subnet) {
        this.count = count;
        this.subnet = subnet;
    }

    /** Makes them for {@code count} nodes; throws {@link IOException} with the reason where they cannot be had. */
    public static SeparateNetworks make(int count) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        return make(count, "198." + (18 + pid / 256 % 2) + "." + pid % 256 + ".");
    }

    /** The same, with the addresses of an earlier network: {@code subnet} is its name. */
    public static SeparateNetworks make(int count, String subnet) throws IOException, InterruptedException {
        removeAbandoned();
        SeparateNetworks made = new SeparateNetworks(count, subnet);
        try {
            made.setUp();
            made.check();
            return made;
        } catch (IOException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    /** What all addresses begin with. */
    @Override
    public String name() {
        return subnet;
    }

    @Override
    public String host(int number) {
        return subnet + number;
    }

    @Override
    public List<String> commandAt(int number, List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", space(number)), command.stream())
                .toList();
    }

    /** From now on nothing that node {@code from} sends to node {@code to} arrives there. */
    public void cut(int from, int to) throws IOException, InterruptedException {
        ip("-n " + space(from) + " route add blackhole " + host(to) + "/32");
    }

    /** Undoes {@link #cut}. */
    public void mend(int from, int to) throws IOException, InterruptedException {
        ip("-n " + space(from) + " route del blackhole " + host(to) + "/32");
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (int number = 1; number <= count; number++) {
            quietly("netns del " + space(number));
        }
        quietly("link del " + prefix);
    }

    private void setUp() throws IOException, InterruptedException {
        ip("link add " + prefix + " type bridge");
        ip("addr add " + subnet + "254/24 dev " + prefix);
        ip("link set " + prefix + " up");
        for (int number = 1; number <= count; number++) {
            String space = space(number);
            ip("netns add " + space);
            ip("link add " + space + " type veth peer name eth0 netns " + space);
            ip("link set " + space + " master " + prefix + " up");
            ip("-n " + space + " addr add " + host(number) + "/24 dev eth0");
            ip("-n " + space + " link set eth0 up");
            ip("-n " + space + " link set lo up");
        }
    }

    /** A firewall may drop what goes over a bridge. */
    private void check() throws IOException, InterruptedException {
        if (count > 1) {
            String connect = "exec 3<>/dev/tcp/" + host(2) + "/" + CLOSED_PORT;
            List<String> shell = List.of("timeout", Integer.toString(CONNECT_MILLIS_MAX / 1000), "bash", "-c", connect);
            if (!output(commandAt(1, shell)).text().contains("refused")) {
                throw new IOException(
                        "networks of their own do not reach each other; is there a firewall for bridges?");
            }
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(1), CLOSED_PORT), CONNECT_MILLIS_MAX);
        } catch (ConnectException e) {
            // Refused, so it was reached.
            return;
        }
        throw new IOException("somebody else answers at " + host(1));
    }

    private static void removeAbandoned() throws IOException, InterruptedException {
        for (String line : output(List.of("ip", "netns", "list")).text().lines().toList()) {
            if (isAbandoned(SPACE.matcher(line))) {
                quietly("netns del " + line.split(" ")[0]);
            }
        }
        Path interfaces = Path.of("/sys/class/net");
        if (!Files.isDirectory(interfaces)) {
            return;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(interfaces, "mtr*")) {
            for (Path name : names) {
                if (isAbandoned(BRIDGE.matcher(name.getFileName().toString()))) {
                    quietly("link del " + name.getFileName());
                }
            }
        }
    }

    private static boolean isAbandoned(Matcher name) {
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private String space(int number) {
        return prefix + "n" + number;
    }

    private record Output(int exit, String text) {}

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Output output = output(command);
        if (output.exit() != 0) {
            throw new IOException(
                    "failed: ip " + arguments + ": " + output.text().strip());
        }
    }

    private static Output output(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    /** For what may be gone, or may never have been there. */
    private static void quietly(String arguments) {
        try {
            ip(arguments);
        } catch (IOException e) {
            // Nothing to take away.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
