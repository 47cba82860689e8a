package io.statefulkit.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.run.BuildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where JVMs meet that share a cluster, and when that ends. */
class SharedPlaceTest {

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicBoolean isBuildOver = new AtomicBoolean();

    private SharedPlace place() {
        return new SharedPlace(directory.resolve("of-user/runs-1")).prepared();
    }

    private IdleEnd end(SharedPlace place) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return Objects.requireNonNull(now.get());
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return new IdleEnd(place, Duration.ofSeconds(15), isBuildOver::get, clock);
    }

    @Test
    void a_cluster_ends_some_time_after_its_last_user() throws Exception {
        SharedPlace place = place();
        place.publish("how to reach it");
        IdleEnd end = end(place);
        AutoCloseable first = new SharedUsers(place.users()).enter();
        AutoCloseable second = new SharedUsers(place.users()).enter();

        now.set(Instant.ofEpochSecond(1000));
        assertThat(end.isNow()).isFalse();
        first.close();
        now.set(Instant.ofEpochSecond(2000));
        assertThat(end.isNow()).as("the second is still there").isFalse();
        second.close();
        assertThat(end.isNow()).as("another may come").isFalse();
        now.set(Instant.ofEpochSecond(2014));
        assertThat(end.isNow()).isFalse();
        assertThat(place.published()).contains("how to reach it");
        now.set(Instant.ofEpochSecond(2015));

        assertThat(end.isNow()).isTrue();
        assertThat(place.published()).isEmpty();
    }

    @Test
    void who_comes_in_time_keeps_it() throws Exception {
        SharedPlace place = place();
        IdleEnd end = end(place);
        assertThat(end.isNow()).isFalse();
        now.set(Instant.ofEpochSecond(10));
        AutoCloseable use = new SharedUsers(place.users()).enter();
        assertThat(end.isNow()).isFalse();
        use.close();
        now.set(Instant.ofEpochSecond(20));

        assertThat(end.isNow()).as("idle since now").isFalse();
    }

    @Test
    void when_the_build_is_over_it_ends_at_once() throws Exception {
        SharedPlace place = place();
        IdleEnd end = end(place);
        AutoCloseable use = new SharedUsers(place.users()).enter();
        isBuildOver.set(true);

        assertThat(end.isNow()).as("somebody still uses it").isFalse();
        use.close();
        assertThat(end.isNow()).isTrue();
    }

    @Test
    void a_user_that_was_killed_is_none_any_more() throws IOException {
        SharedPlace place = place();
        // As a process leaves it whose locks the system has taken.
        Path left = Files.createFile(place.users().resolve("user-1.lock"));

        assertThat(new SharedUsers(place.users()).isAny()).isFalse();
        assertThat(left).doesNotExist();
    }

    @Test
    void only_the_user_can_read_it_and_a_place_that_others_can_read_is_refused() throws IOException {
        SharedPlace place = place();
        place.publish("secret");

        assertThat(Files.getPosixFilePermissions(place.directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(place.kubeconfig()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(place::prepared)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(place.directory() + " must belong to ")
                .hasMessageEndingWith("has the permissions rwxr-xr-x");
    }

    @Test
    void the_place_of_this_user_can_be_used() throws IOException {
        SharedPlace place = SharedPlace.named("test-" + UUID.randomUUID()).prepared();

        assertThat(place.users()).isEmptyDirectory();

        Files.delete(place.users());
        Files.delete(place.directory());
    }

    @Test
    void places_of_builds_that_are_over_go_and_others_stay() throws IOException {
        BuildProcess build = BuildProcess.of(ProcessHandle.current()).orElseThrow();
        BuildProcess before = new BuildProcess(build.pid(), build.started().minusSeconds(10));
        Path ours = directory.resolve(build.place("k"));
        Path over = directory.resolve(before.place("k"));
        Path unknown = directory.resolve("build-of-mine");
        Path across = directory.resolve("runs-1");
        for (Path each : new Path[] {ours, over, unknown, across}) {
            Files.createFile(Files.createDirectories(each).resolve("kubeconfig"));
        }

        new SharedPlace(ours).sweep();

        assertThat(over).doesNotExist();
        assertThat(ours).isNotEmptyDirectory();
        assertThat(unknown).isNotEmptyDirectory();
        assertThat(across).isNotEmptyDirectory();
        assertThat(build.isOver()).isFalse();
        assertThat(before.isOver()).isTrue();
        assertThat(BuildProcess.ofThisJvm()).isPresent();
    }

    @Test
    void where_there_is_nothing_to_tidy_nobody_fails() {
        new SharedPlace(directory.resolve("nowhere/runs-1")).sweep();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_cluster_that_does_not_come_in_time_leaves_no_jvm_behind() {
        ClusterSettings defaults = ClusterSettings.defaults();
        ClusterSettings hasty = new ClusterSettings(
                ProviderKind.EMBEDDED,
                defaults.k3s(),
                1,
                Reuse.ACROSS_RUNS,
                Duration.ofMillis(50),
                false,
                defaults.images(),
                defaults.existing());
        SharedPlace place = new SharedPlace(directory.resolve("of-user/runs-1"));

        assertThatThrownBy(() -> new SharedEmbedded(hasty, place, Duration.ofMinutes(10)).join())
                .isInstanceOf(ClusterStartException.class)
                .hasMessageStartingWith(
                        "the embedded cluster for several JVMs did not start, it was not there within 0 s");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> ProcessHandle.current()
                        .children()
                        .noneMatch(child -> List.of(child.info().arguments().orElse(new String[0]))
                                .contains("@" + place.arguments())));
        assertThat(new SharedUsers(place.users()).isAny()).isFalse();
    }

    @Test
    void what_is_compiled_anew_is_another_program() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes/org"));
        Path type = Files.createFile(classes.resolve("A.class"));
        Files.setLastModifiedTime(type, FileTime.from(Instant.now().plusSeconds(10)));
        ClusterSettings settings = ClusterSettings.defaults();
        String path = directory.resolve("classes") + ":/nowhere/a.jar";
        String before = SharedKey.of(settings, path);

        assertThat(SharedKey.of(settings, path)).isEqualTo(before).matches("[0-9a-f]{16}");
        assertThat(SharedKey.of(settings.withNodes(2), path)).isNotEqualTo(before);
        assertThat(SharedKey.of(settings, path + ":/nowhere/b.jar")).isNotEqualTo(before);
        Files.setLastModifiedTime(type, FileTime.from(Instant.now().plusSeconds(20)));
        assertThat(SharedKey.of(settings, path)).isNotEqualTo(before);
    }

    @Test
    void where_it_is_says_how_long_it_lives() {
        ClusterSettings settings = ClusterSettings.defaults();

        assertThat(SharedEmbedded.of(settings.withReuse(Reuse.PER_BUILD))
                        .place()
                        .directory()
                        .getFileName()
                        .toString())
                .matches("build-\\d+-\\d+-[0-9a-f]{16}");
        assertThat(SharedEmbedded.of(settings.withReuse(Reuse.ACROSS_RUNS))
                        .place()
                        .directory()
                        .getFileName()
                        .toString())
                .matches("runs-[0-9a-f]{16}");
        assertThatThrownBy(() -> SharedEmbedded.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cluster with the reuse PER_RUN is not shared");
    }
}
