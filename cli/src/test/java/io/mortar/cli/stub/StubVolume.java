package io.mortar.cli.stub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A volume in memory, as the files API shows it; paths have no slash at their end, directories hold null. */
public final class StubVolume {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] DIRECTORY = new byte[0];

    private final String name;
    private final NavigableMap<String, byte[]> entries = new ConcurrentSkipListMap<>();

    StubVolume(String name) {
        this.name = name;
        entries.put("", DIRECTORY);
    }

    public void put(String path, byte[] content) {
        makeParents(path);
        entries.put(path, content.length == 0 ? new byte[0] : content.clone());
    }

    public void makeDirectory(String path) {
        makeParents(path);
        entries.put(path, DIRECTORY);
    }

    public byte @Nullable [] content(String path) {
        byte[] content = entries.get(path);
        return content == null || content == DIRECTORY ? null : content;
    }

    public boolean isDirectory(String path) {
        return entries.get(path) == DIRECTORY;
    }

    public boolean isThere(String path) {
        return entries.containsKey(path);
    }

    void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String files = "/files/" + name;
        if (uri.getRawPath().equals("/api/v1/volumes/" + name + "/stat")) {
            stat(exchange, parameter(uri, "path"));
        } else if (uri.getRawPath().startsWith(files + "/")) {
            String path = uri.getPath().substring(files.length());
            file(exchange, path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        } else {
            refuse(exchange, 404, "VOLUME_NOT_FOUND", "there is no such volume");
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                boolean created = !isThere(path);
                put(path, body);
                exchange.sendResponseHeaders(created ? 201 : 204, -1);
            }
            case "GET" -> get(exchange, path);
            case "DELETE" -> delete(exchange, path);
            case "MKCOL" -> {
                makeDirectory(path);
                exchange.sendResponseHeaders(201, -1);
            }
            case "MOVE" -> {
                String to = URI.create(exchange.getRequestHeaders().getFirst("Destination"))
                        .getPath();
                put(to.substring(("/files/" + name).length()), Objects.requireNonNull(entries.remove(path)));
                exchange.sendResponseHeaders(201, -1);
            }
            default -> refuse(exchange, 405, "METHOD_NOT_ALLOWED", "no");
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        if (isDirectory(path)) {
            list(exchange, path);
            return;
        }
        byte[] content = content(path);
        String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
        if (content == null) {
            refuse(exchange, 404, "NOT_FOUND", "there is no file " + path);
        } else if (ifMatch != null && !ifMatch.equals(etag(content))) {
            refuse(exchange, 412, "PRECONDITION_FAILED", "the file is another one now");
        } else {
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private void delete(HttpExchange exchange, String path) throws IOException {
        boolean recursive = "recursive".equals(exchange.getRequestURI().getRawQuery());
        boolean empty = entries.tailMap(path + "/", true).keySet().stream().noneMatch(p -> p.startsWith(path + "/"));
        if (!isThere(path)) {
            refuse(exchange, 404, "NOT_FOUND", "there is no " + path);
        } else if (!empty && !recursive) {
            refuse(exchange, 409, "DIRECTORY_NOT_EMPTY", path + " is not empty");
        } else {
            entries.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private void list(HttpExchange exchange, String directory) throws IOException {
        int limit = Integer.parseInt(parameter(exchange.getRequestURI(), "limit"));
        String after = parameter(exchange.getRequestURI(), "after");
        List<String> names = new ArrayList<>();
        for (String path : entries.keySet()) {
            boolean below = path.startsWith(directory + "/") && path.indexOf('/', directory.length() + 1) < 0;
            String entry = path.substring(path.lastIndexOf('/') + 1);
            if (below && entry.compareTo(after) > 0) {
                names.add(entry);
            }
        }
        ObjectNode page = JSON.createObjectNode();
        ArrayNode array = page.putArray("entries");
        names.stream()
                .limit(limit)
                .forEach(entry -> describe(array.addObject().put("name", entry), directory + "/" + entry));
        page.put("next", names.size() > limit ? names.get(limit - 1) : null);
        send(exchange, 200, page);
    }

    private void stat(HttpExchange exchange, String path) throws IOException {
        String key = path.equals("/") ? "" : path;
        if (!isThere(key)) {
            refuse(exchange, 404, "NOT_FOUND", "there is no " + path);
            return;
        }
        ObjectNode found = JSON.createObjectNode().put("volume", name).put("path", path);
        send(exchange, 200, describe(found, key));
    }

    private ObjectNode describe(ObjectNode json, String path) {
        byte[] content = content(path);
        json.put("type", content == null ? "directory" : "file");
        json.put("size", content == null ? 0 : content.length);
        json.put("mtime", "2026-11-22T08:47:41.123Z");
        return json.put("etag", content == null ? null : etag(content));
    }

    private void makeParents(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            entries.putIfAbsent(path.substring(0, slash), DIRECTORY);
        }
    }

    private static String etag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }

    private static void refuse(HttpExchange exchange, int status, String code, String detail) throws IOException {
        exchange.getRequestBody().readAllBytes();
        send(exchange, status, JSON.createObjectNode().put("code", code).put("detail", detail));
    }

    private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(json);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String parameter(URI uri, String name) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return Arrays.stream(query.split("&"))
                .filter(p -> p.startsWith(name + "="))
                .map(p -> URLDecoder.decode(p.substring(name.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
