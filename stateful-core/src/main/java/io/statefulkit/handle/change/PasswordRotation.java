package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.handle.pod.Rollouts;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.internal.NotApi;
import io.statefulkit.internal.Uninterrupted;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Changes a password in the server and in the Secret, in this order, and proves both: the new one opens, the old one does
 * not. When anything fails the server gets its old password back.
 *
 * @param place the workload
 * @param container the container of its server
 * @param key where the password is kept
 * @param probed whether the server's own probes log in, so that its pods need a restart
 */
@NotApi
public record PasswordRotation(Place place, String container, ContainerEnv.SecretKey key, boolean probed) {

    /**
     * Rotates.
     *
     * @param set changes the password in the server
     * @param opens tells whether a login with this password succeeds over the network
     */
    public void run(String before, String after, Consumer<String> set, java.util.function.Predicate<String> opens) {
        if (after.isEmpty() || after.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("password must not be empty and must have no control characters");
        }
        try {
            set.accept(after);
            store(after);
            if (!opens.test(after)) {
                throw new IllegalStateException("the new password of " + place.ref() + " does not open it");
            }
            if (!after.equals(before) && opens.test(before)) {
                throw new IllegalStateException("the old password of " + place.ref()
                        + " still opens it over the network: is there a line with trust in pg_hba.conf?");
            }
        } catch (RuntimeException e) {
            Uninterrupted.run(() -> putBack(before, set, e));
            throw e;
        }
        if (probed || others()) {
            // Variables from a Secret are read when a container starts.
            new Rollouts(place).restart().await();
        }
    }

    /** When the server is away it is unknown which password it has; the Secret then says which one it had before. */
    private void putBack(String before, Consumer<String> set, RuntimeException failure) {
        try {
            set.accept(before);
        } catch (RuntimeException e) {
            failure.addSuppressed(new IllegalStateException(
                    "it is unknown which of the two passwords " + place.ref()
                            + " has now; the Secret has the one before. When the server is there again, rotate once"
                            + " more",
                    e));
        }
        try {
            store(before);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void store(String password) {
        place.client()
                .secrets()
                .inNamespace(place.namespace())
                .withName(key.secret())
                .patch(
                        MergePatch.by(PodOperations.MANAGER),
                        "{\"data\":{\"" + key.key() + "\":\"" + Base64Text.encode(password) + "\"}}");
    }

    /** Tells whether another container of the pod has the password in a variable, as the backup has. */
    private boolean others() {
        PodSpec pod = new LiveWorkload(place).pod();
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .filter(one -> !one.getName().equals(container))
                .anyMatch(this::uses);
    }

    private boolean uses(Container one) {
        return one.getEnvFrom().stream()
                        .map(EnvFromSource::getSecretRef)
                        .anyMatch(ref -> ref != null && key.secret().equals(ref.getName()))
                || one.getEnv().stream()
                        .filter(env ->
                                env.getValueFrom() != null && env.getValueFrom().getSecretKeyRef() != null)
                        .map(env -> env.getValueFrom().getSecretKeyRef())
                        .anyMatch(ref ->
                                key.secret().equals(ref.getName()) && key.key().equals(ref.getKey()));
    }
}
