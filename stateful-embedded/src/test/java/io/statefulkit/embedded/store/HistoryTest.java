package io.statefulkit.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final AtomicLong now = new AtomicLong();
    private final History history = new History(2000, 1000, now::get);

    private void add(long from, long to) {
        for (long revision = from; revision <= to; revision++) {
            history.add(new Change(revision, new ObjectKey("things", "ns", "n"), null, null));
        }
    }

    private long kept() {
        return history.next() - history.first();
    }

    @Test
    void fresh_changes_are_kept_as_far_as_they_fit() {
        add(1001, 2500);
        assertThat(kept()).isEqualTo(1500);
        assertThat(history.oldest()).isEqualTo(1000);

        add(2501, 4000);

        assertThat(kept()).isEqualTo(2000);
        assertThat(history.oldest()).isEqualTo(2000);
        assertThat(history.at(history.after(2000)).revision()).isEqualTo(2001);
    }

    @Test
    void of_those_that_are_not_fresh_any_more_a_few_are_kept() {
        add(1001, 2500);
        now.set(History.FRESH.toNanos());
        add(2501, 2501);
        assertThat(kept()).isEqualTo(1501);

        now.addAndGet(1);
        add(2502, 2503);

        assertThat(kept()).as("a change of now, and those before it").isEqualTo(History.ALWAYS);
        assertThat(history.oldest()).isEqualTo(2503 - History.ALWAYS);
        assertThat(history.at(history.first()).revision()).isEqualTo(history.oldest() + 1);
        assertThat(history.at(history.next() - 1).revision()).isEqualTo(2503);
    }

    @Test
    void what_is_older_than_what_is_kept_cannot_be_continued_from() {
        add(1001, 1600);
        now.set(History.FRESH.toNanos() + 1);
        add(1601, 1601);
        long first = history.first();

        history.forget(1601);

        assertThat(first).isEqualTo(1601 - 1000 - History.ALWAYS);
        assertThat(kept()).isZero();
        assertThat(history.oldest()).isEqualTo(1601);
    }
}
