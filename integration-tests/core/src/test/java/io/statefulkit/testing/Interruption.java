package io.statefulkit.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How an operation is interrupted at each request with which it changes something. */
public enum Interruption {
    /** The program is dead from this request on. */
    DEATH,
    /** The API server refuses this request, and only this one. */
    REFUSAL;

    /** More would be an operation that does not come nearer to its end. */
    private static final int TOO_MANY = 40;

    /**
     * Runs an operation again and again: each of its requests fails when it is made for the first time, until one attempt is
     * not interrupted any more.
     *
     * @param operation gets a client for each attempt
     * @return the requests that failed
     */
    public List<String> atEachRequest(Consumer<KubernetesClient> operation) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        List<String> order = new ArrayList<>();
        try (MortalClient mortal = client(request -> changes(request) && failed.add(key(request)))) {
            while (order.size() < TOO_MANY) {
                mortal.revive();
                RuntimeException failure = attempt(operation, mortal.client());
                if (!mortal.dead() && failure != null) {
                    throw new IllegalStateException("the attempt after failures at " + order + " failed", failure);
                }
                if (!mortal.dead()) {
                    return order;
                }
                failed.stream().filter(key -> !order.contains(key)).forEach(order::add);
            }
        }
        throw new IllegalStateException("still something new fails after failures at " + order);
    }

    private MortalClient client(Predicate<HttpRequest> fatal) {
        return this == DEATH ? MortalClient.dyingAt(fatal) : MortalClient.refusedAt(fatal);
    }

    private static @Nullable RuntimeException attempt(Consumer<KubernetesClient> operation, KubernetesClient client) {
        try {
            operation.accept(client);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static boolean changes(HttpRequest request) {
        return !request.method().equals("GET") || request.uri().getPath().endsWith("/exec");
    }

    /** What differs between two attempts only by time or chance is the same request. */
    private static String key(HttpRequest request) {
        String body = String.valueOf(request.bodyString()).replaceAll("\\d{3,}", "#");
        return request.method() + " " + request.uri().getPath() + " " + Integer.toHexString(body.hashCode());
    }
}
