package io.statefulkit.junit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seeds of tests that failed, from one run of the build to the next. What cannot be read or written is left: it must not fail a test.
 *
 * @param file where they are kept
 */
record FailedSeeds(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(FailedSeeds.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** In the directory in which the tests run. */
    static FailedSeeds here() {
        return new FailedSeeds(Path.of(".statefulkit", "failures.json"));
    }

    /** The seed with which this test failed the last time, if it did. */
    OptionalLong of(String test) {
        String seed = read().path(test).asText("");
        return seed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(seed, 16));
    }

    void failed(String test, long seed) {
        ObjectNode seeds = read();
        seeds.put(test, Long.toHexString(seed));
        write(seeds);
    }

    void passed(String test) {
        ObjectNode seeds = read();
        if (seeds.remove(test) != null) {
            write(seeds);
        }
    }

    private ObjectNode read() {
        try {
            return Files.exists(file) && JSON.readTree(file.toFile()) instanceof ObjectNode seeds
                    ? seeds
                    : JSON.createObjectNode();
        } catch (IOException e) {
            LOG.warn("the seeds of tests that failed cannot be read", e);
            return JSON.createObjectNode();
        }
    }

    private void write(ObjectNode seeds) {
        try {
            if (seeds.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "failures", ".json");
            Files.writeString(next, seeds.toPrettyString() + "\n");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the seed of a test that failed cannot be kept", e);
        }
    }
}
