package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.internal.Marks;
import io.statefulkit.manifest.SecretSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the cluster before anything is changed, and refuses what would only fail later, or harm data. */
final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    private final KubernetesClient client;
    private final String namespace;
    private final List<HasMetadata> objects;
    private final boolean adopt;

    Preflight(KubernetesClient client, String namespace, List<HasMetadata> objects, boolean adopt) {
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
        this.adopt = adopt;
    }

    /**
     * Checks everything.
     *
     * @throws ApplyException when something is missing or in the way
     */
    void check() {
        namespace();
        References references = new References(client, namespace, objects);
        for (StatefulSet set : of(StatefulSet.class)) {
            set.getSpec().getVolumeClaimTemplates().forEach(this::storageClass);
            references.check(set.getSpec().getTemplate().getSpec());
            claims(set, ofFirstPod(set));
        }
        for (Deployment deployment : of(Deployment.class)) {
            references.check(deployment.getSpec().getTemplate().getSpec());
            claims(deployment, planned(deployment));
        }
        of(PersistentVolumeClaim.class).forEach(this::storageClass);
    }

    private <T extends HasMetadata> List<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void namespace() {
        boolean planned = objects.stream().anyMatch(object -> object.getKind().equals("Namespace"));
        try {
            if (!planned && client.namespaces().withName(namespace).get() == null) {
                throw new ApplyException(
                        "Namespace " + namespace,
                        0,
                        "it does not exist",
                        "create it: kubectl create namespace " + namespace);
            }
        } catch (KubernetesClientException e) {
            allowForbidden(e);
        }
    }

    private void storageClass(PersistentVolumeClaim claim) {
        String wanted = claim.getSpec().getStorageClassName();
        if ("".equals(wanted) || claim.getSpec().getVolumeName() != null) {
            return; // a volume that somebody made by hand
        }
        try {
            List<StorageClass> classes =
                    client.storage().v1().storageClasses().list().getItems();
            boolean found = classes.stream()
                    .anyMatch(one -> wanted == null
                            ? isDefault(one)
                            : one.getMetadata().getName().equals(wanted));
            boolean planned = of(StorageClass.class).stream()
                    .anyMatch(one -> one.getMetadata().getName().equals(wanted));
            if (!found && !planned && !madeByHand(wanted)) {
                throw missingClass(
                        claim, wanted == null ? "a default storage class" : "storage class " + wanted, classes);
            }
        } catch (KubernetesClientException e) {
            allowForbidden(e);
        }
    }

    /** A class that there are volumes of need not exist itself: it is only a word that claims and volumes have in common. */
    private boolean madeByHand(@Nullable String wanted) {
        String name = Objects.requireNonNullElse(wanted, "");
        return Stream.concat(of(PersistentVolume.class).stream(), client.persistentVolumes().list().getItems().stream())
                .map(volume -> Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), ""))
                .anyMatch(name::equals);
    }

    private static ApplyException missingClass(PersistentVolumeClaim claim, String wanted, List<StorageClass> classes) {
        String there = classes.stream()
                .map(one -> one.getMetadata().getName() + (isDefault(one) ? " (default)" : ""))
                .collect(Collectors.joining(", "));
        return new ApplyException(
                "claim " + claim.getMetadata().getName(),
                0,
                "expected " + wanted + ", but the cluster has "
                        + (there.isEmpty() ? "no storage class at all" : "only " + there) + " (rule ST17)",
                "name one of these, or leave the name out to get the default");
    }

    private static boolean isDefault(StorageClass one) {
        return "true".equals(Marks.annotations(one.getMetadata()).get(DEFAULT_CLASS));
    }

    private static List<String> ofFirstPod(StatefulSet set) {
        int first = Optional.ofNullable(set.getSpec().getOrdinals())
                .map(ordinals -> ordinals.getStart())
                .orElse(0);
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> template.getMetadata().getName() + "-"
                        + set.getMetadata().getName() + "-" + first)
                .toList();
    }

    /** Claims that the pods use and that are to be made with them: those that are said to exist are somebody else's. */
    private List<String> planned(Deployment deployment) {
        List<String> planned = of(PersistentVolumeClaim.class).stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
        return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .filter(planned::contains)
                .toList();
    }

    /** Claims without a workload hold somebody's data: it must be ours, and we must still have the password to it. */
    private void claims(HasMetadata workload, List<String> claims) {
        String name = workload.getMetadata().getName();
        if (adopt || client.resource(workload).inNamespace(namespace).get() != null) {
            return;
        }
        List<PersistentVolumeClaim> found =
                claims.stream().flatMap(claim -> claim(claim).stream()).toList();
        for (PersistentVolumeClaim claim : found) {
            if (!ours(claim, name)) {
                throw new ApplyException(
                        Refusals.name(claim),
                        0,
                        "a claim of this name exists since "
                                + claim.getMetadata().getCreationTimestamp()
                                + " and was not made by StatefulKit (rule AP05)",
                        "use another name, delete the claim, or take its data over with adoptClaims()");
            }
            lostPassword(claim);
        }
    }

    private Optional<PersistentVolumeClaim> claim(String name) {
        try {
            return Optional.ofNullable(client.persistentVolumeClaims()
                    .inNamespace(namespace)
                    .withName(name)
                    .get());
        } catch (KubernetesClientException e) {
            allowForbidden(e);
            return Optional.empty();
        }
    }

    private static boolean ours(PersistentVolumeClaim claim, String name) {
        Map<String, String> labels = Marks.labels(claim.getMetadata());
        return "statefulkit".equals(labels.get("app.kubernetes.io/managed-by"))
                && name.equals(labels.get("app.kubernetes.io/instance"));
    }

    private void lostPassword(PersistentVolumeClaim claim) {
        of(Secret.class).stream()
                .map(SecretSpec::new)
                .filter(SecretSpec::createOnly)
                .filter(spec -> missing(client.secrets().inNamespace(namespace).withName(spec.name())))
                .findFirst()
                .ifPresent(spec -> {
                    throw new ApplyException(
                            Refusals.name(claim),
                            0,
                            "the claim of an earlier deployment is there, but the Secret " + spec.name()
                                    + " with its password is gone; a new password would not open it (rule AP04)",
                            "restore the Secret, use Credentials.existingSecret(..), or delete the claim if its data"
                                    + " is not needed");
                });
    }

    /** What may not be looked at is taken to be there. */
    private static boolean missing(Resource<Secret> secret) {
        try {
            return secret.get() == null;
        } catch (KubernetesClientException e) {
            allowForbidden(e);
            return false;
        }
    }

    private static void allowForbidden(KubernetesClientException e) {
        Forbidden.orThrow(e);
        LOG.debug("a check before the deployment is left out, since it is not permitted", e);
    }
}
