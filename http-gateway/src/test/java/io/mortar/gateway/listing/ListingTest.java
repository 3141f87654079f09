package io.mortar.gateway.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.gateway.fake.RunningGateway;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode json(String target) throws Exception {
        HttpResponse<String> answer = gateway.get(target, "Accept", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void a_directory_lists_its_entries_with_their_attributes() throws Exception {
        gateway.store.put("/d/b file", new byte[5]);
        gateway.store.put("/d/a/x", new byte[1]);
        for (String target : new String[] {"/files/vol/d", "/files/vol/d/"}) {
            JsonNode listing = json(target);
            assertThat(listing.get("volume").textValue()).isEqualTo("vol");
            assertThat(listing.get("path").textValue()).isEqualTo("/d");
            assertThat(listing.get("next").isNull()).isTrue();
            JsonNode directory = listing.get("entries").get(0);
            assertThat(directory.get("name").textValue()).isEqualTo("a");
            assertThat(directory.get("type").textValue()).isEqualTo("directory");
            assertThat(directory.get("etag").isNull()).isTrue();
            JsonNode file = listing.get("entries").get(1);
            assertThat(file.get("name").textValue()).isEqualTo("b file");
            assertThat(file.get("size").longValue()).isEqualTo(5);
            assertThat(file.get("mtime").textValue()).isEqualTo("2026-09-21T14:13:20.123Z");
            assertThat(file.get("etag").textValue())
                    .isEqualTo(gateway.get("/files/vol/d/b%20file")
                            .headers()
                            .firstValue("ETag")
                            .orElseThrow());
        }
        assertThat(json("/files/vol").get("path").textValue()).isEqualTo("/");
    }

    @Test
    void pages_follow_one_another_without_gap_or_overlap() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            expected.add(String.format("f %02d+&", i));
            gateway.store.put("/many/" + expected.get(i), new byte[0]);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (after != null) {
            JsonNode page = json("/files/vol/many?limit=10&after=" + URLEncoder.encode(after, UTF_8));
            page.get("entries").forEach(entry -> seen.add(entry.get("name").textValue()));
            after = page.get("next").textValue();
            pages++;
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void a_limit_out_of_bounds_is_refused() {
        for (String limit : new String[] {"0", "-1", "10001", "many", "99999999999"}) {
            assertThat(gateway.get("/files/vol/?limit=" + limit).statusCode())
                    .as(limit)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_browser_gets_a_page_with_links_that_work() {
        gateway.store.put("/d/<b>&\"x\".txt", "content".getBytes(UTF_8));
        gateway.store.put("/d/e/x", new byte[1]);
        gateway.store.put("/d/z", new byte[1]);
        HttpResponse<String> answer =
                gateway.get("/files/vol/d?limit=2", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
        assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
        assertThat(answer.body())
                .contains("&lt;b&gt;&amp;&quot;x&quot;.txt", "href=\"/files/vol/d/e/\"", "after=e\"")
                .doesNotContain("<b>");
        String href = answer.body().replaceAll("(?s).*href=\"(/files/vol/d/%3Cb[^\"]*)\".*", "$1");
        assertThat(gateway.get(href).body()).isEqualTo("content");
        assertThat(gateway.get("/files/vol/d").body()).as("no Accept at all").startsWith("<!DOCTYPE html>");
    }

    @Test
    void what_is_not_there_cannot_be_listed() {
        assertThat(gateway.get("/files/vol/none/").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/files/other/").body()).contains("VOLUME_NOT_FOUND");
        assertThat(gateway.get("/files/").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/files/a%20b/").body()).contains("VOLUME_NOT_FOUND");
    }

    @Test
    void the_form_follows_what_the_client_prefers() {
        assertThat(AcceptedForm.of(null)).isEqualTo(AcceptedForm.HTML);
        assertThat(AcceptedForm.of("*/*")).isEqualTo(AcceptedForm.HTML);
        assertThat(AcceptedForm.of("application/json")).isEqualTo(AcceptedForm.JSON);
        assertThat(AcceptedForm.of("Application/JSON; charset=utf-8")).isEqualTo(AcceptedForm.JSON);
        assertThat(AcceptedForm.of("application/json;q=0.5, text/html")).isEqualTo(AcceptedForm.HTML);
        assertThat(AcceptedForm.of("text/html;q=0.5, application/json;q=0.9")).isEqualTo(AcceptedForm.JSON);
        assertThat(AcceptedForm.of("application/json;q=0")).isEqualTo(AcceptedForm.HTML);
        assertThat(AcceptedForm.of("application/problem+json")).isEqualTo(AcceptedForm.HTML);
    }

    @Test
    void sizes_are_for_people() {
        assertThat(Html.size(0)).isEqualTo("0 B");
        assertThat(Html.size(1023)).isEqualTo("1023 B");
        assertThat(Html.size(1536)).isEqualTo("1.5 KiB");
        assertThat(Html.size(3L << 40)).isEqualTo("3.0 TiB");
    }
}
