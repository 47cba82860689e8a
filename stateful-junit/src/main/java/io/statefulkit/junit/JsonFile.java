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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object in a file that tests of several threads and JVMs add to. What cannot be read or written is left: it must not fail a test.
 *
 * @param file where it is; there is none while the object is empty
 */
record JsonFile(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(JsonFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Tests end at the same time: each reads and writes alone, so that none takes away what another has added. */
    void change(Predicate<ObjectNode> change) {
        Path lock = file.toAbsolutePath()
                .resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", "") + ".lock");
        synchronized (JsonFile.class) {
            try {
                Files.createDirectories(lock.getParent());
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    ObjectNode object = read();
                    if (held.isValid() && change.test(object)) {
                        write(object);
                    }
                }
            } catch (IOException e) {
                LOG.warn("{} cannot be kept", file, e);
            }
        }
    }

    ObjectNode read() {
        try {
            return Files.exists(file) && JSON.readTree(file.toFile()) instanceof ObjectNode object
                    ? object
                    : JSON.createObjectNode();
        } catch (IOException e) {
            LOG.warn("{} cannot be read", file, e);
            return JSON.createObjectNode();
        }
    }

    private void write(ObjectNode object) throws IOException {
        if (object.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "next", ".json");
        Files.writeString(next, object.toPrettyString() + "\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
