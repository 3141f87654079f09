package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * nginx with its WebDAV module, sendfile, and no fsync: close to what the machine can do. It has its own configuration and touches
 * nothing of an nginx that is installed as a service.
 */
public final class Nginx implements Server {
    private static final String HOST = "127.0.0.1";
    private static final String CONFIGURATION = """
            daemon off;
            %s
            worker_processes auto;
            pid %2$s/nginx.pid;
            error_log %2$s/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nodelay on;
              keepalive_requests 1000000;
              client_max_body_size 0;
              client_body_temp_path %2$s/body;
              proxy_temp_path %2$s/unused1;
              fastcgi_temp_path %2$s/unused2;
              uwsgi_temp_path %2$s/unused3;
              scgi_temp_path %2$s/unused4;
              server {
                listen %3$s:%4$d;
                root %2$s/www;
                location / {
                  dav_methods PUT DELETE;
                  create_full_put_path on;
                  autoindex on;
                  autoindex_format json;
                }
              }
            }
            """;

    private final Process process;
    private final URI base;

    private Nginx(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    public static Nginx start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("www"));
        int port = Ports.freeOn(List.of(HOST));
        // Workers of a master that is root would drop to a user who cannot write here.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Path configuration = Files.writeString(
                directory.resolve("nginx.conf"), CONFIGURATION.formatted(user, directory, HOST, port));
        Process process = new ProcessBuilder(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        directory + "/error.log")
                .inheritIO()
                .start();
        Children.add(process);
        URI base = URI.create("http://" + HOST + ":" + port + "/");
        Http.awaitAnswer(base, process);
        return new Nginx(process, base);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public String path(String relative) {
        return "/" + relative;
    }

    @Override
    public List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        Children.stop(List.of(process));
    }
}
