package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The history of a counter that is only added to. It is cheap to keep and cannot name what was lost: an addition that was lost hides one that
 * was done twice, so that it goes beside rows and not in their place. Pure.
 *
 * @param additions what was added
 * @param reads what was read
 */
public record CounterLedger(List<Addition> additions, List<Read> reads) {

    /** Copies the lists. */
    public CounterLedger {
        additions = List.copyOf(additions);
        reads = List.copyOf(reads);
    }

    /**
     * One addition.
     *
     * @param begun when it was asked for
     * @param ended when the answer came, after everything if none did
     * @param outcome what is known about it
     * @param amount how much, not negative
     */
    public record Addition(Moment begun, Moment ended, Outcome outcome, long amount) {

        /** Checks the amount. */
        public Addition {
            if (amount < 0) {
                throw new IllegalArgumentException("a counter is only added to, got " + amount);
            }
        }
    }

    /**
     * One read.
     *
     * @param begun when it was asked for
     * @param ended when the answer came
     * @param value what it said
     */
    public record Read(Moment begun, Moment ended, long value) {}

    /** Every read that cannot be explained. */
    public List<Breach> check() {
        List<Breach> breaches = new ArrayList<>();
        for (Read read : reads) {
            long least = sum(add -> add.outcome() == Outcome.OK && add.ended().isBefore(read.begun()));
            long most = sum(add -> add.outcome() != Outcome.FAIL && add.begun().isBefore(read.ended()));
            if (read.value() < least) {
                breaches.add(new Breach(
                        Law.NOT_BELOW,
                        read.begun(),
                        read.value() + ", expected at least " + least + ": " + (least - read.value()) + " lost"));
            }
            if (read.value() > most) {
                breaches.add(new Breach(
                        Law.NOT_ABOVE,
                        read.begun(),
                        read.value() + ", expected at most " + most + ": " + (read.value() - most) + " too many"));
            }
        }
        return breaches;
    }

    private long sum(Predicate<Addition> which) {
        return additions.stream().filter(which).mapToLong(Addition::amount).sum();
    }
}
