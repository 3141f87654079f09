package io.mortar.gateway.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.gateway.fake.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeTest {
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void fill() {
        gateway.store.put("/a/one", "1".getBytes(UTF_8));
        gateway.store.put("/a/two", new byte[100_000]);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void assertAnswer(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
    }

    @Test
    void a_file_is_deleted_once() {
        assertAnswer(gateway.send("DELETE", "/files/vol/a/one"), 204, "");
        assertAnswer(gateway.send("DELETE", "/files/vol/a/one"), 404, "NOT_FOUND");
    }

    @Test
    void a_full_directory_is_deleted_only_when_that_is_meant() {
        assertAnswer(gateway.send("DELETE", "/files/vol/a"), 409, "DIRECTORY_NOT_EMPTY");
        assertAnswer(gateway.send("DELETE", "/files/vol/a/?recursive=false"), 409, "DIRECTORY_NOT_EMPTY");
        assertAnswer(gateway.send("DELETE", "/files/vol/a/?recursive"), 204, "");
        assertThat(gateway.store.content("/a/one")).isNull();
    }

    @Test
    void a_slip_of_the_slash_costs_no_file() {
        assertAnswer(gateway.send("DELETE", "/files/vol/a/one/"), 409, "NOT_A_DIRECTORY");
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one/", "Destination", "/files/vol/b"), 409, "NOT_A_DIRECTORY");
        assertThat(gateway.store.content("/a/one")).isNotNull();
    }

    @Test
    void a_path_of_the_greatest_length_fits_a_destination_however_it_is_encoded() {
        String longest = "%C3%A4".repeat(127) + "/";
        assertAnswer(
                gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/vol/" + longest.repeat(15) + "x"),
                201,
                "");
    }

    @Test
    void a_volume_is_not_deleted_or_moved_as_a_directory() {
        assertAnswer(gateway.send("DELETE", "/files/vol/?recursive"), 400, "mortar volume delete");
        assertAnswer(gateway.send("MOVE", "/files/vol", "Destination", "/files/vol/a/x"), 400, "BAD_REQUEST");
        assertThat(gateway.store.content("/a/one")).isNotNull();
    }

    @Test
    void a_delete_holds_to_its_condition() {
        String etag =
                gateway.get("/files/vol/a/one").headers().firstValue("ETag").orElseThrow();
        assertAnswer(gateway.send("DELETE", "/files/vol/a/one", "If-Match", "\"x\""), 412, "PRECONDITION_FAILED");
        assertAnswer(gateway.send("DELETE", "/files/vol/a/one", "If-Match", etag), 204, "");
    }

    @Test
    void directories_are_made_one_by_one_or_with_all_above_them() {
        assertAnswer(gateway.send("MKCOL", "/files/vol/d/"), 201, "");
        assertAnswer(gateway.send("MKCOL", "/files/vol/d"), 405, "ALREADY_EXISTS");
        assertAnswer(gateway.send("MKCOL", "/files/vol/x/y/z"), 409, "NOT_FOUND");
        assertAnswer(gateway.send("MKCOL", "/files/vol/x/y/z?parents"), 201, "");
        assertAnswer(gateway.send("MKCOL", "/files/vol/x/y/z?parents"), 204, "");
        assertAnswer(gateway.send("MKCOL", "/files/vol/e", new byte[1]), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_file_moves_to_its_destination_and_replaces_only_when_allowed() {
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/vol/three%20four"), 201, "");
        assertThat(gateway.store.content("/three four")).isEqualTo("1".getBytes(UTF_8));
        String[] keep = {"Destination", gateway.uri("/files/vol/a/two").toString(), "Overwrite", "F"};
        assertAnswer(gateway.send("MOVE", "/files/vol/three%20four", keep), 412, "ALREADY_EXISTS");
        keep[3] = "T";
        assertAnswer(gateway.send("MOVE", "/files/vol/three%20four", keep), 204, "");
        assertThat(gateway.store.content("/a/two")).isEqualTo("1".getBytes(UTF_8));
    }

    @Test
    void a_move_holds_to_the_condition_of_its_source() {
        assertAnswer(
                gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/vol/b", "If-Match", "\"x\""),
                412,
                "PRECONDITION_FAILED");
    }

    @Test
    void a_destination_is_an_address_of_a_file_on_this_server() {
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one"), 400, "Destination");
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one", "Destination", "/api/v1/x"), 400, "BAD_REQUEST");
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one", "Destination", "b"), 400, "BAD_PATH");
        assertAnswer(
                gateway.send("MOVE", "/files/vol/a/one", "Destination", "http://other/files/vol/b"),
                400,
                "another server");
        assertAnswer(gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/vol/../b"), 400, "BAD_PATH");
        assertAnswer(
                gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/other/b"), 400, "stays in its volume");
        assertAnswer(
                gateway.send("MOVE", "/files/vol/a/one", "Destination", "/files/vol/b", "Overwrite", "yes"),
                400,
                "Overwrite");
    }

    @Test
    void a_copy_is_a_file_of_its_own() {
        assertAnswer(gateway.send("COPY", "/files/vol/a/one", "Destination", "/files/vol/copy1"), 201, "");
        assertAnswer(gateway.send("COPY", "/files/vol/a/two", "Destination", "/files/vol/copy2"), 201, "");
        assertThat(gateway.store.content("/copy1")).isEqualTo("1".getBytes(UTF_8));
        assertThat(gateway.store.content("/copy2")).hasSize(100_000);
        assertThat(gateway.store.content("/a/two")).hasSize(100_000);
        assertAnswer(
                gateway.send("COPY", "/files/vol/a/one", "Destination", "/files/vol/copy2", "Overwrite", "F"),
                412,
                "PRECONDITION_FAILED");
        assertAnswer(gateway.send("COPY", "/files/vol/a", "Destination", "/files/vol/b"), 409, "IS_A_DIRECTORY");
        assertAnswer(
                gateway.send("COPY", "/files/vol/a/one", "Destination", "/files/vol/a/one"), 409, "MOVE_INTO_ITSELF");
        assertAnswer(
                gateway.send("COPY", "/files/vol/a/one", "Destination", "/files/vol/c", "If-Match", "\"x\""),
                412,
                "PRECONDITION_FAILED");
    }

    @Test
    void the_methods_there_are_can_be_asked_for() {
        HttpResponse<String> options = gateway.send("OPTIONS", "/files/vol/a");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow"))
                .hasValueSatisfying(v -> assertThat(v).contains("MKCOL"));
        HttpResponse<String> patch = gateway.send("PATCH", "/files/vol/a", new byte[3]);
        assertAnswer(patch, 405, "METHOD_NOT_ALLOWED");
        assertThat(patch.headers().firstValue("Allow"))
                .isEqualTo(options.headers().firstValue("Allow"));
        assertThat(options.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }
}
