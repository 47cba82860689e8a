package io.statefulkit.embedded.control.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobStatusTest {

    @Test
    void what_was_written_stays_as_it_is_while_the_pass_goes_on() {
        JobStatus status = new JobStatus(Json.object(), Instant.parse("2026-01-02T03:04:05Z"));
        status.count(1, 1, 0);
        status.set("FailureTarget", true, "FailedIndexes", "Job has failed indexes");

        ObjectNode written = status.json();
        String text = written.toString();
        status.set("Failed", true, "FailedIndexes", "Job has failed indexes");
        status.failedIndexes("1");

        assertThat(written).hasToString(text);
        assertThat(status.json().path("conditions")).hasSize(2);
    }
}
