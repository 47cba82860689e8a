package io.statefulkit.junit;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets a disruption of a whole node run alone among all of the JVM, and others beside each other: what it does to their pods would look as if
 * they had failed.
 *
 * @param alone whether this is one of a node
 */
record NodeTurn(boolean alone) implements InvocationInterceptor {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(NodeTurn.class);

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inTurn(turns(context), invocation);
    }

    /** Proceeds when nothing runs beside it that must not. */
    void inTurn(ReadWriteLock turns, Invocation<Void> invocation) throws Throwable {
        Lock turn = alone ? turns.writeLock() : turns.readLock();
        turn.lock();
        try {
            invocation.proceed();
        } finally {
            turn.unlock();
        }
    }

    /** The newer name of the method is not in all versions of JUnit that are supported. */
    @SuppressWarnings("deprecation")
    private static ReadWriteLock turns(ExtensionContext context) {
        return Objects.requireNonNull(context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        NodeTurn.class, key -> new ReentrantReadWriteLock(true), ReentrantReadWriteLock.class));
    }
}
