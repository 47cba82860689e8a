package io.statefulkit.embedded.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.api.ContainerStreams.LogRequest;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final ExecutorService feeders = Executors.newCachedThreadPool();
    private final Logs logs = new Logs(timers, feeders, Clock.systemUTC());
    private final CountDownLatch reads = new CountDownLatch(1);

    @AfterEach
    void close() {
        reads.countDown();
        timers.shutdownNow();
        feeders.shutdownNow();
        logs.close();
    }

    private ContainerLog log(String name) throws IOException {
        Path file = Files.createDirectory(directory.resolve(name)).resolve("0.log");
        ContainerLog log = new ContainerLog(Files.createFile(file));
        logs.watch(log);
        return log;
    }

    private static void write(ContainerLog log, String text) throws IOException {
        Files.writeString(log.file(), text, StandardOpenOption.APPEND);
    }

    private static LogRequest follow() {
        return new LogRequest(
                "default",
                "pod",
                "",
                true,
                false,
                false,
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    @Test
    void one_that_does_not_read_holds_up_neither_the_others_nor_the_timers_of_the_node() throws Exception {
        ContainerLog stuck = log("stuck");
        ContainerLog other = log("other");
        CountDownLatch waits = new CountDownLatch(1);
        Heard heard = new Heard();
        logs.read(stuck, follow(), new Heard() {
            @Override
            public void stdout(byte[] bytes) {
                waits.countDown();
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        logs.read(other, follow(), heard);

        write(stuck, "nobody reads this\n");
        assertThat(waits.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        write(other, "one\n");
        await().atMost(LONG).until(() -> heard.text().equals("one\n"));
        assertThat(timers.submit(() -> "on time").get(LONG.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("on time");

        write(other, "two\n");
        other.close(Instant.now());
        await().atMost(LONG).until(heard::ended);
        assertThat(heard.text()).isEqualTo("one\ntwo\n");
    }

    /** What a client was given. */
    private static class Heard implements Output {

        private final StringBuilder text = new StringBuilder();
        private boolean ended;

        @Override
        public void stdout(byte[] bytes) {
            synchronized (this) {
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void stderr(byte[] bytes) {
            stdout(bytes);
        }

        @Override
        public synchronized void exited(int code) {
            ended = true;
        }

        @Override
        public void failed(String message) {
            stdout(message.getBytes(StandardCharsets.UTF_8));
        }

        synchronized String text() {
            return text.toString();
        }

        synchronized boolean ended() {
            return ended;
        }
    }
}
