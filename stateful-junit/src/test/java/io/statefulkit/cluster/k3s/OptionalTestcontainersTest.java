package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;

class OptionalTestcontainersTest {

    /** Loads the providers anew, in a world without Testcontainers. */
    private static final class Without extends ClassLoader {

        Without() {
            super(OptionalTestcontainersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.testcontainers.") || name.startsWith("com.github.dockerjava.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.statefulkit.cluster.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void the_k3s_provider_says_that_testcontainers_is_missing() throws ReflectiveOperationException {
        ClassLoader without = new Without();
        Class<?> settings = without.loadClass(ClusterSettings.class.getName());
        Object k3s = made(without);

        assertThat(called(k3s.getClass(), "obstacle", k3s, called(settings, "defaults", null)))
                .isEqualTo(Optional.of("org.testcontainers:k3s is not on the class path"));
    }

    /** A class path as a build makes it that wants two of its parts in different lines. */
    private static final class Mixed extends URLClassLoader {

        Mixed(URL... parts) {
            super(parts, OptionalTestcontainersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.testcontainers.") && !name.startsWith("io.statefulkit.cluster.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    @Test
    void lines_that_are_mixed_are_found_before_anything_is_started(@TempDir Path directory) throws Exception {
        URL k3s = Objects.requireNonNull(TestcontainersLine.location(K3sContainer.class));
        URL core = Objects.requireNonNull(TestcontainersLine.location(DockerClientFactory.class));
        Path other = Files.createSymbolicLink(directory.resolve("testcontainers-2.0.5.jar"), Path.of(core.toURI()));
        URL ours = Objects.requireNonNull(TestcontainersLine.location(K3sProvider.class));
        try (Mixed mixed = new Mixed(ours, k3s, other.toUri().toURL())) {
            Object provider = made(mixed);

            assertThat(called(
                            provider.getClass(),
                            "obstacle",
                            provider,
                            called(mixed.loadClass(ClusterSettings.class.getName()), "defaults", null)))
                    .isEqualTo(Optional.of("the parts of Testcontainers on the class path do not fit together: its k3s"
                            + " module is of line 1 (" + k3s + "), but its core of line 2 ("
                            + other.toUri().toURL() + "): give both the same version"));
        } finally {
            Files.delete(other);
        }
    }

    private static Object made(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(K3sProvider.class.getName()).getConstructor().newInstance();
    }

    private static Object called(Class<?> type, String method, @Nullable Object on, Object... arguments)
            throws ReflectiveOperationException {
        Method found = Stream.of(type.getDeclaredMethods())
                .filter(it -> it.getName().equals(method) && it.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        found.setAccessible(true);
        return Objects.requireNonNull(found.invoke(on, arguments));
    }
}
