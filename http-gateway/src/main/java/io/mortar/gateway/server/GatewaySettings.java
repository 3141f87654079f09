package io.mortar.gateway.server;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Settings of the gateway; {@code reference.conf} explains the keys under {@code mortar.http}.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 takes any free one
 * @param publicUrl under which users reach the node, without a slash at its end; empty for the address that it listens on
 * @param connectionsMax open connections; those beyond it wait to be accepted
 * @param refusedBodyBytesMax of the body of a refused request that are read and thrown away to keep its connection
 * @param refusedBodyTimeMax for reading it
 * @param idleTimeout after which a connection that carries nothing is closed
 */
public record GatewaySettings(
        String host,
        int port,
        String publicUrl,
        int connectionsMax,
        long refusedBodyBytesMax,
        Duration refusedBodyTimeMax,
        Duration idleTimeout) {
    public GatewaySettings {
        check(!host.isEmpty(), "host", host);
        check(port >= 0 && port <= 65_535, "port", port);
        check(publicUrl.isEmpty() || publicUrl.matches("https?://[^/]+(/.*[^/])?"), "public-url", publicUrl);
        check(connectionsMax >= 1, "connections-max", connectionsMax);
        check(refusedBodyBytesMax >= 0, "refused-body-max", refusedBodyBytesMax);
        check(!refusedBodyTimeMax.isNegative(), "refused-body-time-max", refusedBodyTimeMax);
        check(idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0, "idle-timeout", idleTimeout);
    }

    /** Reads {@code http}, the section {@code mortar.http}; throws {@link IllegalArgumentException} naming a bad key. */
    public static GatewaySettings from(Config http) {
        return new GatewaySettings(
                http.getString("host"),
                http.getInt("port"),
                http.getString("public-url"),
                http.getInt("connections-max"),
                http.getBytes("refused-body-max"),
                http.getDuration("refused-body-time-max"),
                http.getDuration("idle-timeout"));
    }

    /** The address for users and other nodes of a gateway that is bound to {@code bound}. */
    public String url(InetSocketAddress bound) {
        if (!publicUrl.isEmpty()) {
            return publicUrl;
        }
        String address = bound.getAddress() == null
                ? bound.getHostString()
                : bound.getAddress().getHostAddress();
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + bound.getPort();
    }

    private static void check(boolean valid, String key, Object value) {
        if (!valid) {
            throw new IllegalArgumentException("mortar.http." + key + " is '" + value + "', which is not valid");
        }
    }
}
