package io.statefulkit.embedded.control.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.embedded.api.ResourceType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final Key BAD = new Key("", "bad");
    private static final Key GOOD = new Key("", "good");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Key> reconciled = new ArrayList<>();
    private final Worker worker = new Worker(new Recorder(), tasks::add, (due, task) -> {}, Clock.systemUTC());

    @Test
    void an_error_at_one_key_does_not_keep_the_others_waiting() {
        worker.add(BAD);
        worker.add(GOOD);

        assertThatThrownBy(() -> tasks.remove().run()).isInstanceOf(StackOverflowError.class);
        tasks.remove().run();

        assertThat(reconciled).containsExactly(BAD, GOOD);
        worker.add(new Key("", "new"));
        assertThat(tasks).as("idle, so that a new key starts it again").hasSize(1);
    }

    private final class Recorder implements Controller {

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Set<ResourceType> watches() {
            return Set.of();
        }

        @Override
        public void changed(Change change, Consumer<Key> queue) {}

        @Override
        public Optional<Duration> reconcile(Key key) {
            reconciled.add(key);
            if (key.equals(BAD)) {
                throw new StackOverflowError("a tree that is too deep");
            }
            return Optional.empty();
        }
    }
}
