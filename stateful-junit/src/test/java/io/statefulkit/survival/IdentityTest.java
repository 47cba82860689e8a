package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Session;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IdentityTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void a_database_says_which_one_it_is_or_why_it_does_not() {
        assertThat(new Identity(new Asked(() -> "7001"), LONG).now()).isEqualTo("7001");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new Identity(new Asked(IdentityTest::refused), LONG).now())
                .withMessage("cannot ask for the identity: connection refused");
    }

    private static String refused() {
        throw new StoreException("cannot ask for the identity", new IOException("connection refused"));
    }

    @Test
    void one_that_never_answers_is_not_waited_for() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new Identity(new Asked(() -> hanging(never)), Duration.ofMillis(100)).now())
                .withMessage("no answer: none within 100 ms");
        never.countDown();
    }

    private static String hanging(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "too late";
    }

    private record Asked(Supplier<String> answer) implements Store {

        @Override
        public String identity() {
            return answer.get();
        }

        @Override
        public String name() {
            return "asked";
        }

        @Override
        public List<Hazard> prepare() {
            return List.of();
        }

        @Override
        public Session open() {
            throw new UnsupportedOperationException("nothing is written here");
        }

        @Override
        public void drop() {
            // Nothing is there.
        }
    }
}
