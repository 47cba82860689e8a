package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
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

        turns.leave(B);
        ofA.close();
        turns.leave(A);
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
        impatient.leave(A);
        ofB.close();
    }

    @Test
    void a_class_that_did_not_begin_takes_no_other_away_when_it_ends() throws Exception {
        turns.enter(A);
        AutoCloseable ofA = turns.take(1, A);

        turns.leave(B);

        turns.take(1, B).close();
        turns.leave(A);
        ofA.close();
    }

    @Test
    void who_wants_fewer_at_a_time_keeps_nobody_waiting_who_wants_more() throws Exception {
        AutoCloseable first = turns.take(2, A);
        AutoCloseable second = turns.take(2, A);
        FutureTask<AutoCloseable> alone = waiting(1, "alone");
        FutureTask<AutoCloseable> beside = waiting(2, "beside");

        second.close();

        beside.get(60, TimeUnit.SECONDS).close();
        assertThat(alone).isNotDone();
        first.close();
        alone.get(60, TimeUnit.SECONDS).close();
    }

    /** Asks in another thread, and returns when that waits. */
    private FutureTask<AutoCloseable> waiting(int most, String id) {
        FutureTask<AutoCloseable> turn = new FutureTask<>(() -> turns.take(most, id));
        Thread thread = new Thread(turn);
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return turn;
    }
}
