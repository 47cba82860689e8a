package io.statefulkit.samples.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The namespace that a story is told in. When it is closed it goes, with what a story has made outside of it: classes and volumes, which
 * carry its name, and volumes that its claims got. They would be left when a story ends in the middle.
 */
final class OwnNamespace implements AutoCloseable {

    private static final String DELETE = "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}";

    private final KubernetesClient client;
    private final String name;
    private final Consumer<String> listener;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OwnNamespace(KubernetesClient client, String name, Consumer<String> listener) {
        this.client = client;
        this.name = name;
        this.listener = listener;
    }

    /**
     * Makes a namespace. It admits the pods of all stories, also where the cluster is stricter with namespaces that do not say.
     *
     * @throws IllegalStateException when the user may not make one, or the cluster does not answer
     */
    static OwnNamespace create(KubernetesClient client, String name, Consumer<String> listener) {
        try {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("app.kubernetes.io/managed-by", "statefulkit-samples")
                            .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                            .endMetadata()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "a story needs a namespace of its own, but " + name + " cannot be made: " + why(e), e);
        }
        return new OwnNamespace(client, name, listener);
    }

    /** Whatever way the program ends from now on, this is closed before, unless that has happened already. */
    void closeAtTheEndOfTheProgram() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "statefulkit-samples-end"));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            List<PersistentVolume> volumes = volumes();
            attempt(
                    "namespace " + name,
                    () -> client.namespaces().withName(name).delete());
            volumes.forEach(this::remove);
            classes()
                    .forEach(one -> attempt(
                            "StorageClass " + one.getMetadata().getName(),
                            () -> client.resource(one).delete()));
        }
    }

    /** One that was made on demand goes with its data as soon as its claim has gone; one that was made by hand has none to look after it. */
    private void remove(PersistentVolume volume) {
        String volumeName = volume.getMetadata().getName();
        attempt("PersistentVolume " + volumeName, () -> {
            if (isOurs(volume)) {
                client.resource(volume).delete();
            } else {
                client.persistentVolumes().withName(volumeName).patch(PatchContext.of(PatchType.JSON_MERGE), DELETE);
            }
        });
    }

    private List<PersistentVolume> volumes() {
        List<PersistentVolume> found = new ArrayList<>();
        attemptQuietly(() -> client.persistentVolumes().list().getItems().stream()
                .filter(volume -> isOurs(volume) || isOfItsClaims(volume))
                .forEach(found::add));
        return found;
    }

    private boolean isOfItsClaims(PersistentVolume volume) {
        return volume.getSpec().getClaimRef() != null
                && name.equals(volume.getSpec().getClaimRef().getNamespace())
                && "Retain".equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    private List<HasMetadata> classes() {
        List<HasMetadata> found = new ArrayList<>();
        attemptQuietly(() -> client.storage().v1().storageClasses().list().getItems().stream()
                .filter(this::isOurs)
                .forEach(found::add));
        return found;
    }

    private boolean isOurs(HasMetadata object) {
        return object.getMetadata().getName().startsWith(name + "-");
    }

    private void attempt(String what, Runnable deletion) {
        try {
            deletion.run();
        } catch (KubernetesClientException e) {
            listener.accept("left behind: " + what + " (" + why(e) + ")");
        }
    }

    /** Who may not list a kind has made none of it. */
    private void attemptQuietly(Runnable look) {
        try {
            look.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 403) {
                listener.accept("not looked at: what may be left outside of namespace " + name + " (" + why(e) + ")");
            }
        }
    }

    /** Where there was no answer, only the cause says why. */
    private static String why(KubernetesClientException e) {
        return e.getMessage() + (e.getCode() == 0 && e.getCause() != null ? " " + e.getCause() : "");
    }
}
