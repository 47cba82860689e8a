package io.statefulkit.samples.benchmarks;

import java.util.List;

/** Measures something against a reference. */
interface Benchmark {

    /** Returns the name to run it by. */
    String name();

    /** Runs it; takes from some seconds to a minute. */
    List<Figure> run() throws Exception;
}
