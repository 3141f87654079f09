package io.mortar.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpResponse;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalStatusTest {
    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void every_refusal_has_a_status_and_says_when_to_come_back(RefusalCode code) {
        HttpResponse response = ProblemResponses.of(new CompletionException(new RefusedException(code, "text")));
        int status = response.status().intValue();
        assertThat(status).isEqualTo(RefusalStatus.of(code)).isBetween(400, 599);
        assertThat(response.status().isFailure()).isTrue();
        assertThat(response.getHeader("Retry-After").isPresent()).isEqualTo(status == 503);
        String body = response.entity().toString();
        assertThat(body).contains("problem+json");
    }

    @Test
    void the_documented_table_is_the_table_in_the_code() throws Exception {
        String doc = Files.readString(Path.of(System.getProperty("mortar.root"), "docs", "api.md"));
        for (RefusalCode code : RefusalCode.values()) {
            assertThat(doc.lines()
                            .filter(line -> line.startsWith("| " + RefusalStatus.of(code) + " |"))
                            .filter(line -> line.matches(".*\\b" + code + "\\b.*")))
                    .as("row of %s in docs/api.md", code)
                    .hasSize(1);
        }
    }
}
