package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
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
        Class<?> type = new Without().loadClass(K3sProvider.class.getName());
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method obstacle = type.getDeclaredMethod("obstacle");
        obstacle.setAccessible(true);

        assertThat(obstacle.invoke(constructor.newInstance()))
                .isEqualTo(Optional.of("org.testcontainers:k3s is not on the class path"));
    }
}
