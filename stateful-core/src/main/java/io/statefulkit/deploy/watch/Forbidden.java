package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.internal.NotApi;

/** Requests whose answer is good to have: who lacks the permission goes on without it. */
@NotApi
public final class Forbidden {

    private static final int CODE = 403;

    private Forbidden() {}

    /** Returns when the API server has refused for want of a permission, and throws all else. */
    public static void orThrow(KubernetesClientException refusal) {
        if (refusal.getCode() != CODE) {
            throw refusal;
        }
    }
}
