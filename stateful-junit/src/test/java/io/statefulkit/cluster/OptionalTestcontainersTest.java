package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
        Class<?> providers = without.loadClass(Providers.class.getName());
        Class<?> settings = without.loadClass(ClusterSettings.class.getName());
        Object k3s = ((List<?>) called(providers, "all", null)).get(0);

        assertThat(called(k3s.getClass(), "obstacle", k3s, called(settings, "defaults", null)))
                .isEqualTo(Optional.of("org.testcontainers:k3s is not on the class path"));
    }

    private static @Nullable Object called(Class<?> type, String method, @Nullable Object on, Object... arguments)
            throws ReflectiveOperationException {
        Method found = Stream.of(type.getDeclaredMethods())
                .filter(it -> it.getName().equals(method) && it.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        found.setAccessible(true);
        return found.invoke(on, arguments);
    }
}
