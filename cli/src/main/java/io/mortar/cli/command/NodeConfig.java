package io.mortar.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.node.boot.NodeConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of {@code node start} as configuration. Setters ignore null and throw {@link IllegalArgumentException} on bad values. */
final class NodeConfig {
    private final Map<String, Object> settings = new HashMap<>();

    void set(String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }

    void setList(String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(NodeConfig::checkAddress);
            settings.put(key, List.copyOf(values));
        }
    }

    void setDirectory(String key, @Nullable Path directory) {
        if (directory != null) {
            settings.put(key, directory.toAbsolutePath().normalize().toString());
        }
    }

    /** Sets {@code key.host} and, if there is one, {@code key.port}; an IPv6 address with a port is written {@code [::1]:8080}. */
    void setAddress(String key, @Nullable String address) {
        if (address == null) {
            return;
        }
        checkAddress(address);
        int colon = portColon(address);
        String host = colon < 0 ? address : address.substring(0, colon);
        settings.put(key + ".host", host.replaceAll("^\\[|]$", ""));
        if (colon >= 0) {
            settings.put(key + ".port", Integer.parseInt(address.substring(colon + 1)));
        }
    }

    /** These settings over those of {@code file}, over the defaults; all references resolved. */
    Config over(@Nullable Path file) {
        try {
            Config fromFile = ConfigFactory.empty();
            if (file != null) {
                if (!Files.isRegularFile(file)) {
                    throw CommandFailedException.failed(
                            "cannot read the configuration " + file + ": there is no such file.");
                }
                fromFile = ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            }
            return NodeConfiguration.complete(
                    ConfigFactory.parseMap(settings, "command line").withFallback(fromFile));
        } catch (ConfigException e) {
            throw CommandFailedException.failed(
                    "cannot read the configuration" + (file == null ? "" : " " + file) + ": " + e.getMessage());
        }
    }

    private static void checkAddress(String address) {
        int colon = portColon(address);
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? "1" : address.substring(colon + 1);
        boolean validPort = port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535;
        if (!host.matches("[A-Za-z0-9.:_\\[\\]-]+") || !validPort) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not an address such as bt1, bt1:2551 or 10.0.0.1:2551");
        }
    }

    private static int portColon(String address) {
        int colon = address.lastIndexOf(':');
        boolean bareIpv6 =
                colon > 0 && !address.endsWith("]") && address.indexOf(':') != colon && !address.contains("]");
        return bareIpv6 || address.endsWith("]") ? -1 : colon;
    }
}
