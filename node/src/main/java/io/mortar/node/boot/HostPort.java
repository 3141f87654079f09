package io.mortar.node.boot;

/** Parsing of {@code HOST} and {@code HOST:PORT}. */
final class HostPort {
    private HostPort() {}

    /** {@code text} with the port it has, or {@code defaultPort}. Throws {@link IllegalArgumentException} naming {@code key}. */
    static String parse(String text, int defaultPort, String key) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.isBlank() || host.contains(":")) {
            throw new IllegalArgumentException(key + " has '" + text + "', which is not HOST or HOST:PORT");
        }
        try {
            int port = colon < 0 ? defaultPort : Integer.parseInt(text.substring(colon + 1));
            return host + ":" + checkPort(port, key);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " has '" + text + "', whose port is not a number", e);
        }
    }

    static int checkPort(int port, String key) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(key + " has port " + port + ", which is not within 1..65535");
        }
        return port;
    }
}
