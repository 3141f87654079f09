package io.mortar.benchmarks.server;

import io.mortar.benchmarks.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * GlusterFS: one volume with three replicas, mounted with FUSE; a brick process for each replica, as on three machines, and one management
 * daemon for all. It runs in namespaces of its own (mounts, network, processes) with Debian's settings, and touches nothing of a GlusterFS
 * that is installed as a service. Needs root.
 */
public final class Gluster implements AutoCloseable {
    /** As it is called in reports. */
    public static final String NAME = "glusterfs";

    private static final int BRICKS = 3;
    private static final String HOST = "10.255.255.1";
    private static final String VOLUME = "bench";
    private static final String ENTER = """
            ip link set lo up
            ip addr add %1$s/32 dev lo
            mount --bind %2$s/lib /var/lib/glusterd
            mount --bind %2$s/run /run
            mount --bind %2$s/log /var/log/glusterfs
            exec glusterd -N
            """;

    private final Path directory;
    private final Process process;
    private final long daemon;

    private Gluster(Path directory, Process process, long daemon) {
        this.directory = directory;
        this.process = process;
        this.daemon = daemon;
    }

    /** Throws with what is missing where it cannot run. */
    public static Gluster start(Path directory) throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")
                || Arrays.stream(System.getenv("PATH").split(":"))
                        .noneMatch(path -> Files.isExecutable(Path.of(path, "glusterd")))) {
            throw new IOException("the part 'gluster' needs root, for namespaces and a mount, and GlusterFS:"
                    + " apt-get install glusterfs-server glusterfs-client iproute2");
        }
        for (String name : List.of("lib", "run", "log", "mount", "brick0", "brick1", "brick2")) {
            Files.createDirectories(directory.resolve(name));
        }
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--net",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        "-ec",
                        ENTER.formatted(HOST, directory))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("glusterd.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            long[] children = process.children().mapToLong(ProcessHandle::pid).toArray();
            if (children.length == 1 && Files.exists(directory.resolve("run/glusterd.socket"))) {
                Gluster gluster = new Gluster(directory, process, children[0]);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(children[0])));
                gluster.createVolume();
                return gluster;
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("glusterd did not start: " + Files.readString(directory.resolve("glusterd.log")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void createVolume() throws IOException, InterruptedException {
        List<String> create = new ArrayList<>(List.of("volume", "create", VOLUME, "replica", "" + BRICKS));
        for (int brick = 0; brick < BRICKS; brick++) {
            create.add(HOST + ":" + directory.resolve("brick" + brick));
        }
        create.add("force");
        gluster(create.toArray(String[]::new));
        gluster("volume", "start", VOLUME);
        mount();
    }

    /** Where the volume is mounted, as this process sees it. */
    public Path mounted() {
        return Path.of("/proc/" + daemon + "/root")
                .resolve(directory.resolve("mount").toString().substring(1));
    }

    /** Empties the caches of the mount. */
    public void remount() throws IOException, InterruptedException {
        inside("umount", directory.resolve("mount").toString());
        mount();
    }

    private void mount() throws IOException, InterruptedException {
        inside(
                "mount",
                "-t",
                "glusterfs",
                HOST + ":/" + VOLUME,
                directory.resolve("mount").toString());
    }

    /** Signals the process of a brick: {@code STOP} or {@code CONT}. */
    public void signalBrick(int brick, String signal) throws IOException, InterruptedException {
        String file = HOST + directory.resolve("brick" + brick).toString().replace('/', '-') + ".pid";
        Path pid = directory.resolve("run/gluster/vols/" + VOLUME).resolve(file);
        inside("kill", "-" + signal, Files.readString(pid).trim());
    }

    private String gluster(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gluster", "--mode=script"));
        command.addAll(List.of(words));
        return inside(command.toArray(String[]::new));
    }

    private String inside(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", "" + daemon, "-m", "-n", "-p"));
        command.addAll(List.of(words));
        return Command.run(command.toArray(String[]::new));
    }

    /** All its processes end with the first one of their namespace. */
    @Override
    public void close() {
        end(daemon);
        process.onExit().join();
    }

    private static void end(long daemon) {
        ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }
}
