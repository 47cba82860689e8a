package io.statefulkit.samples.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Durations of one action in milliseconds, and the heap. */
final class Samples {

    private Samples() {}

    /** Returns the median duration of a call after some that do not count. */
    static double medianMillis(int warmUps, int runs, Callable<?> call) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            call.call();
        }
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            millis[i] = millis(call);
        }
        return median(millis);
    }

    /** Returns the median. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Returns how long one call takes. */
    static double millis(Callable<?> call) throws Exception {
        long start = System.nanoTime();
        call.call();
        return (System.nanoTime() - start) / 1e6;
    }

    /** Returns the heap that is in use after a collection. */
    static double usedMegabytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
