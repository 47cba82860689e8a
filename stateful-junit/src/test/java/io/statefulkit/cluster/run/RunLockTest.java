package io.statefulkit.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.cluster.run.RunLock.Noted;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    private Path directory;

    @Test
    void the_note_of_the_last_holder_is_read_by_the_next_one() {
        RunLock lock = new RunLock(directory.resolve("made/k3s.lock"));

        assertThat(lock.<String>within(note -> new Noted<>("1:" + note, "a long note")))
                .isEqualTo("1:");
        assertThat(lock.<String>within(note -> new Noted<>("2:" + note, "short")))
                .isEqualTo("2:a long note");
        assertThat(lock.<String>within(note -> new Noted<>("3:" + note, ""))).isEqualTo("3:short");
    }

    @Test
    void it_is_held_meanwhile_and_freed_by_a_failure() {
        RunLock lock = new RunLock(directory.resolve("k3s.lock"));

        assertThatThrownBy(() -> lock.within(note -> {
                    assertThatThrownBy(this::tryToLock).isInstanceOf(OverlappingFileLockException.class);
                    throw new IllegalStateException("did not start");
                }))
                .hasMessage("did not start");
        assertThat(lock.<String>within(note -> new Noted<>("free", note))).isEqualTo("free");
    }

    @Test
    void threads_of_one_jvm_wait_for_each_other() throws Exception {
        RunLock lock = new RunLock(directory.resolve("k3s.lock"));
        CountDownLatch isHeld = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        FutureTask<String> first = started(() -> lock.within(note -> {
            isHeld.countDown();
            awaited(mayEnd);
            return new Noted<>("first", "of the first");
        }));
        awaited(isHeld);

        FutureTask<String> second = started(() -> new RunLock(directory.resolve("./k3s.lock"))
                .within(note -> new Noted<>("second, after the note " + note, note)));

        assertThat(askedByAnotherProcess())
                .as("who waits takes nothing from who holds it")
                .isEqualTo("held");
        assertThat(second).isNotDone();
        mayEnd.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo("second, after the note of the first");
    }

    private static FutureTask<String> started(Callable<String> task) {
        FutureTask<String> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Within one JVM, Java itself refuses a second lock; between two, only the system does. */
    @Test
    void another_process_does_not_get_it_meanwhile() {
        RunLock lock = new RunLock(directory.resolve("k3s.lock"));
        assertThat(lock.<String>within(note -> new Noted<>(askedByAnotherProcess(), "noted")))
                .isEqualTo("held");

        assertThat(lock.<String>within(note -> new Noted<>(note + ", " + askedByAnotherProcess(), note)))
                .isEqualTo("noted, held");
        assertThat(askedByAnotherProcess()).isEqualTo("free");
    }

    private String askedByAnotherProcess() {
        try {
            Path classes = Path.of(LockProbe.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process probe = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classes.toString(),
                            LockProbe.class.getName(),
                            directory.resolve("k3s.lock").toString())
                    .redirectErrorStream(true)
                    .start();
            return new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tryToLock() throws Exception {
        try (FileChannel channel = FileChannel.open(directory.resolve("k3s.lock"), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNull();
        }
    }
}
