package io.statefulkit.junit;

import io.statefulkit.spec.StatefulSpec;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The static field or method of a test class that says what to deploy. */
record SpecSource(Member member) {

    /**
     * Finds it by its name.
     *
     * @throws ExtensionConfigurationException when there is none
     */
    static SpecSource find(Class<?> testClass, String name) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<Member> found = in(type, name);
            if (found.isPresent()) {
                return new SpecSource(found.get());
            }
        }
        throw new ExtensionConfigurationException("@Deployed(\"" + name + "\"): " + testClass.getName()
                + " has no static field of this name, and no static method of this name without parameters; neither have the"
                + " classes around it");
    }

    private static Optional<Member> in(Class<?> type, String name) {
        List<Field> fields = ReflectionSupport.findFields(
                type,
                field -> field.getName().equals(name) && Modifier.isStatic(field.getModifiers()),
                HierarchyTraversalMode.BOTTOM_UP);
        List<Method> methods = ReflectionSupport.findMethods(
                type,
                method -> method.getName().equals(name)
                        && Modifier.isStatic(method.getModifiers())
                        && method.getParameterCount() == 0,
                HierarchyTraversalMode.BOTTOM_UP);
        return Stream.<Member>concat(fields.stream(), methods.stream()).findFirst();
    }

    /** Names it, as in {@code com.acme.OrdersTest.ORDERS}. */
    String name() {
        return member.getDeclaringClass().getName() + "." + member.getName();
    }

    /**
     * Returns what it says.
     *
     * @throws ExtensionConfigurationException when that is no specification of a workload, or there is an error in making it
     */
    StatefulSpec spec() {
        Object value = value();
        if (value instanceof StatefulSpec spec) {
            return spec;
        }
        throw new ExtensionConfigurationException(
                name() + " must give a specification of a workload, such as a StatefulPostgres, but is "
                        + (value == null ? "null" : "a " + value.getClass().getName()));
    }

    private @Nullable Object value() {
        try {
            if (member instanceof Method method) {
                method.setAccessible(true);
                return method.invoke(null);
            }
            Field field = (Field) member;
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ExtensionConfigurationException("cannot read " + name() + ": " + cause.getMessage(), cause);
        }
    }
}
