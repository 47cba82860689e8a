package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private static final String A = "[engine:junit-jupiter]/[class:A]";
    private static final String B = "[engine:junit-jupiter]/[class:B]";

    private final Turns turns = new Turns();

    @Test
    void who_comes_when_all_are_taken_waits_until_one_is_given_back() throws Exception {
        AutoCloseable first = turns.take(2, A);
        AutoCloseable second = turns.take(2, B);
        CompletableFuture<AutoCloseable> third = CompletableFuture.supplyAsync(() -> turns.take(2, "third"));
        assertThat(third).isNotDone();

        second.close();

        third.get(60, TimeUnit.SECONDS).close();
        first.close();
        turns.take(1, A).close();
    }

    @Test
    void a_thread_that_is_lent_to_another_class_does_not_wait_for_what_waits_for_it() throws Exception {
        turns.enter(A);
        AutoCloseable ofA = turns.take(1, A);
        turns.enter(B);

        turns.take(1, B).close();

        turns.leave();
        ofA.close();
        turns.leave();
    }

    @Test
    void methods_wait_though_their_class_runs_in_the_same_thread() throws Exception {
        Turns impatient = new Turns(Duration.ofMillis(100));
        AutoCloseable ofB = impatient.take(1, B);
        impatient.enter(A);
        long begin = System.nanoTime();

        impatient.take(1, A + "/[method:test()]").close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("until its patience ended")
                .isGreaterThanOrEqualTo(Duration.ofMillis(100));
        impatient.leave();
        ofB.close();
    }
}
