package io.statefulkit.junit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.function.Predicate;
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
        change(seeds -> {
            seeds.put(test, Long.toHexString(seed));
            return true;
        });
    }

    void passed(String test) {
        if (of(test).isPresent()) {
            change(seeds -> seeds.remove(test) != null);
        }
    }

    /** Tests of several threads and JVMs end at the same time: each reads and writes alone, so that none takes away what another has added. */
    private void change(Predicate<ObjectNode> change) {
        Path lock = file.toAbsolutePath().resolveSibling("failures.lock");
        synchronized (FailedSeeds.class) {
            try {
                Files.createDirectories(lock.getParent());
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    ObjectNode seeds = read();
                    if (held.isValid() && change.test(seeds)) {
                        write(seeds);
                    }
                }
            } catch (IOException e) {
                LOG.warn("the seed of a test that failed cannot be kept", e);
            }
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
