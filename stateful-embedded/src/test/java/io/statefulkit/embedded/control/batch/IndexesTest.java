package io.statefulkit.embedded.control.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexesTest {

    @Test
    void runs_of_more_than_two_are_ranges() {
        assertThat(Indexes.format(List.of(7, 0, 1, 2, 4, 5))).isEqualTo("0-2,4,5,7");
        assertThat(Indexes.format(List.of())).isEmpty();
    }

    @Test
    void what_is_written_can_be_read() {
        assertThat(Indexes.parse("0-2,4,5,7")).containsExactly(0, 1, 2, 4, 5, 7);
        assertThat(Indexes.parse("")).isEmpty();
    }
}
