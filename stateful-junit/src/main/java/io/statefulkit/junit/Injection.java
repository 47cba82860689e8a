package io.statefulkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What tests can ask for, by its type, or by an annotation. */
final class Injection {

    private static final Map<Class<?>, Function<Scope, Object>> VALUES = Map.of(
            KubernetesClient.class,
            Scope::client,
            StatefulKit.class,
            Scope::kit,
            StatefulCluster.Info.class,
            Scope::info);

    private Injection() {}

    /** Whether a field or parameter of this type is one of ours. */
    static boolean knows(AnnotatedElement element, Class<?> type) {
        return VALUES.containsKey(type) || element.isAnnotationPresent(Deployed.class);
    }

    /** Returns the value for a field or parameter of this type in a test class. */
    static Object value(AnnotatedElement element, Class<?> type, Class<?> testClass, Scope scope) {
        Deployed deployed = element.getAnnotation(Deployed.class);
        if (deployed != null) {
            return scope.deployments().handle(SpecSource.find(testClass, deployed.value()), type);
        }
        Function<Scope, Object> value = VALUES.get(type);
        if (value == null) {
            throw new IllegalArgumentException("cannot inject a " + type.getName());
        }
        return value.apply(scope);
    }

    /** Fills the static fields of a class that hold nothing. The scope is asked for only if there is such a field. */
    static List<Field> intoClass(Class<?> type, Supplier<Scope> scope) {
        List<Field> empty = fields(type, Modifier::isStatic).stream()
                .filter(field -> get(field, null) == null)
                .toList();
        empty.forEach(field -> set(field, null, value(field, field.getType(), type, scope.get())));
        return empty;
    }

    /** Empties static fields: a class that is run again in the same JVM must not find what is gone. */
    static void empty(List<Field> fields) {
        fields.forEach(field -> set(field, null, null));
    }

    /** Fills the fields of an instance; those that hold something already, only when asked to. */
    static void intoInstance(Object instance, boolean again, Supplier<Scope> scope) {
        fields(instance.getClass(), modifiers -> !Modifier.isStatic(modifiers)).stream()
                .filter(field -> again || get(field, instance) == null)
                .forEach(
                        field -> set(field, instance, value(field, field.getType(), instance.getClass(), scope.get())));
    }

    private static List<Field> fields(Class<?> type, Predicate<Integer> which) {
        return ReflectionSupport.findFields(
                type,
                field -> knows(field, field.getType())
                        && which.test(field.getModifiers())
                        && !Modifier.isFinal(field.getModifiers()),
                HierarchyTraversalMode.TOP_DOWN);
    }

    private static @Nullable Object get(Field field, @Nullable Object instance) {
        try {
            field.setAccessible(true);
            return field.get(instance);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("cannot read the field " + field, e);
        }
    }

    private static void set(Field field, @Nullable Object instance, @Nullable Object value) {
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("cannot set the field " + field, e);
        }
    }
}
