package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NodeTurnTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock(true);

    @Test
    void a_disruption_of_a_node_waits_for_others_and_others_wait_for_it() throws Exception {
        Running pod = new Running(false);
        Running another = new Running(false);
        pod.begun.await();
        another.begun.await();

        Running node = new Running(true);
        await().atMost(LIMIT).until(() -> turns.getQueueLength() == 1);
        assertThat(node.begun.getCount()).as("the node's turn has not come").isEqualTo(1);
        pod.end();
        another.end();
        node.begun.await();

        Running later = new Running(false);
        await().atMost(LIMIT).until(() -> turns.getQueueLength() == 1);
        assertThat(later.begun.getCount()).as("the pod's turn has not come").isEqualTo(1);
        node.end();
        later.begun.await();
        later.end();
    }

    /** A disruption that lasts until it is told to end. */
    private final class Running {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);
        private final CompletableFuture<Void> over;

        @SuppressWarnings("NullAway") // Void has no other value.
        Running(boolean alone) {
            over = CompletableFuture.runAsync(
                    () -> {
                        try {
                            new NodeTurn(alone).inTurn(turns, () -> {
                                begun.countDown();
                                told.await();
                                return null;
                            });
                        } catch (Throwable e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task, "turn").start());
        }

        void end() throws Exception {
            told.countDown();
            over.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
