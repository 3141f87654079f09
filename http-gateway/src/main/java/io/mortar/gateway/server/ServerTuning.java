package io.mortar.gateway.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.RequestEntityAcceptances;
import akka.http.javadsl.settings.ParserSettings;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;

/** How Akka HTTP is set up for this gateway. It is code, not configuration: the features rely on every line of it. */
final class ServerTuning {
    private static final HttpMethod[] WEBDAV_METHODS = {
        HttpMethods.custom("MKCOL", false, true, RequestEntityAcceptances.Expected, true),
        HttpMethods.custom("MOVE", false, true, RequestEntityAcceptances.Expected, true),
        HttpMethods.custom("COPY", false, true, RequestEntityAcceptances.Expected, true)
    };

    private ServerTuning() {}

    static ServerSettings settings(ActorSystem<?> system, GatewaySettings gateway) {
        Config overrides = ConfigFactory.parseString("""
                akka.http.server {
                  server-header = "mortar"
                  enable-http2 = off
                  # For clients of HTTP/1.0 that name none.
                  default-host-header = "mortar"
                  # Bounds come from the store, which knows what it waits for.
                  request-timeout = infinite
                  # The target as it was sent: a parsed one has its dots folded and its escapes decoded.
                  raw-request-uri-header = on
                  verbose-error-messages = off
                  parsing {
                    max-content-length = infinite
                    # A path of 4096 bytes, percent-encoded, and a query.
                    max-uri-length = 16k
                    # The same path in the Destination of a MOVE or COPY.
                    max-header-value-length = 16k
                    # Others are read by RequestHeaders, in one pass.
                    modeled-header-parsing = off
                    illegal-header-warnings = off
                    uri-parsing-mode = relaxed
                    error-logging-verbosity = off
                    error-handler = "io.mortar.gateway.server.ParsingProblems"
                  }
                }
                """);
        Config fromGateway = ConfigFactory.parseMap(Map.of(
                "akka.http.server.max-connections",
                gateway.connectionsMax(),
                "akka.http.server.idle-timeout",
                gateway.idleTimeout().toMillis() + "ms"));
        ServerSettings settings = ServerSettings.create(fromGateway
                .withFallback(overrides)
                .withFallback(system.settings().config()));
        ParserSettings parsing = settings.getParserSettings().withCustomMethods(WEBDAV_METHODS);
        return settings.withParserSettings(parsing);
    }
}
