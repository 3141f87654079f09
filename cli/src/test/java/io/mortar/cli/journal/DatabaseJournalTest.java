package io.mortar.cli.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata is in a database that both nodes reach; the configuration is that of docs/operations/other-journals.md. */
class DatabaseJournalTest {
    private static final String SCHEMA = "/schema/h2/h2-create-schema.sql";

    @TempDir
    Path directory;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private Connection database;
    private int portOfA;
    private int portOfB;

    @BeforeEach
    void open() throws IOException, SQLException {
        database = DriverManager.getConnection(url);
        try (InputStream schema = DatabaseJournalTest.class.getResourceAsStream(SCHEMA);
                Statement statement = database.createStatement()) {
            statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        portOfA = NodeInProcess.freePort();
        portOfB = NodeInProcess.freePort();
    }

    @AfterEach
    void close() throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Test
    void another_node_takes_over_with_what_it_has_not_seen_and_the_founder_forms_the_pool_again() {
        NodeInProcess a = startA();
        NodeInProcess b = startB();
        a.createVolume("b", directory.resolve("brick"));
        a.write("/first", "1");
        a.write("/second", "2");

        a.close();
        assertThat(b.read("/second")).isEqualTo("2");
        b.write("/third", "3");
        b.write("/first", "one");

        a = startA();
        assertThat(a.read("/first")).isEqualTo("one");
        b.close();
        assertThat(a.names()).containsExactly("first", "second", "third");
        b = startB();
        b.write("/fourth", "4");
        assertThat(a.read("/fourth")).isEqualTo("4");
        assertThat(a.read("/first")).isEqualTo("one");

        b.close();
        a.close();
        a = startA();
        assertThat(a.names()).containsExactly("first", "fourth", "second", "third");
        assertThat(a.faults()).isEmpty();
        a.close();
    }

    private NodeInProcess startA() {
        return NodeInProcess.start(directory, "a", portOfA, List.of(), journal());
    }

    private NodeInProcess startB() {
        return NodeInProcess.start(directory, "b", portOfB, List.of("127.0.0.1:" + portOfA), journal());
    }

    private Config journal() {
        return ConfigFactory.parseString("""
                mortar.coordinator {
                  journal-plugin = jdbc-journal
                  snapshot-plugin = jdbc-snapshot-store
                }
                akka-persistence-jdbc.shared-databases.metadata {
                  profile = "slick.jdbc.H2Profile$"
                  db { url = "%s", driver = org.h2.Driver, numThreads = 2, maxConnections = 2, minConnections = 1 }
                }
                jdbc-journal.use-shared-db = metadata
                jdbc-snapshot-store.use-shared-db = metadata
                """.formatted(url));
    }
}
