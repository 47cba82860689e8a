package io.statefulkit.junit;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The seeds of tests that failed, from one run of the build to the next.
 *
 * @param seeds where they are kept
 */
record FailedSeeds(JsonFile seeds) {

    FailedSeeds(Path file) {
        this(new JsonFile(file));
    }

    /** In the directory in which the tests run. */
    static FailedSeeds here() {
        return new FailedSeeds(Path.of(".statefulkit", "failures.json"));
    }

    /** The seed with which this test failed the last time, if it did. */
    OptionalLong of(String test) {
        String seed = seeds.read().path(test).asText("");
        return seed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(seed, 16));
    }

    void failed(String test, long seed) {
        seeds.change(all -> {
            all.put(test, Long.toHexString(seed));
            return true;
        });
    }

    void passed(String test) {
        if (of(test).isPresent()) {
            seeds.change(all -> all.remove(test) != null);
        }
    }
}
