package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Three nodes on 127.0.0.1 to 127.0.0.3, started by the launcher with the flags it has for a machine with 512 MB, and a volume without
 * redundancy that is striped over one brick of each. All requests go to the first node.
 */
public final class MortarPool implements Server {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
    private static final String VOLUME = "bench";

    private final List<Process> nodes;
    private final URI base;

    private MortarPool(List<Process> nodes, URI base) {
        this.nodes = List.copyOf(nodes);
        this.base = base;
    }

    /** Starts the pool with all its data below {@code directory}; {@code launcher} is the {@code mortar} script. */
    public static MortarPool start(Path launcher, Path directory) throws IOException, InterruptedException {
        int transport = Ports.freeOn(HOSTS);
        int http = Ports.freeOn(HOSTS);
        List<Process> nodes = new ArrayList<>();
        List<String> bricks = new ArrayList<>();
        for (int i = 0; i < HOSTS.size(); i++) {
            String name = "bt" + (i + 1);
            Path own = Files.createDirectories(directory.resolve(name));
            List<String> command =
                    new ArrayList<>(List.of(launcher.toString(), "node", "start", "--stop-on-stdin-eof"));
            command.addAll(
                    List.of("--name", name, "--data-dir", own.resolve("data").toString()));
            command.addAll(List.of("--bind", HOSTS.get(i) + ":" + transport, "--http", HOSTS.get(i) + ":" + http));
            if (i > 0) {
                command.addAll(List.of("--join", HOSTS.get(0) + ":" + transport));
            }
            Process node = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(own.resolve("node.log").toFile())
                    .start();
            Children.add(node);
            nodes.add(node);
            Http.awaitAnswer(URI.create("http://" + HOSTS.get(i) + ":" + http + "/health/ready"), node);
            bricks.add(name + ":" + own.resolve("brick"));
        }
        URI base = URI.create("http://" + HOSTS.get(0) + ":" + http + "/");
        String quoted = bricks.stream().map(brick -> '"' + brick + '"').collect(Collectors.joining(","));
        Http.postJson(
                base.resolve("/api/v1/volumes"),
                "{\"name\":\"" + VOLUME + "\",\"stripe\":" + HOSTS.size() + ",\"bricks\":[" + quoted + "]}");
        Http.postJson(base.resolve("/api/v1/volumes/" + VOLUME + "/start"), "{}");
        return new MortarPool(nodes, base);
    }

    @Override
    public String name() {
        return "mortar";
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public String path(String relative) {
        return "/files/" + VOLUME + "/" + relative;
    }

    @Override
    public List<Long> pids() {
        return nodes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
        Children.stop(nodes);
    }
}
