package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the smallest PostgreSQL, written down with fabric8's builders by somebody who knows them by heart. */
final class OrdersByHand {

    private static final Map<String, String> SELECTOR = Map.of(
            "app.kubernetes.io/component", "database",
            "app.kubernetes.io/instance", "orders",
            "app.kubernetes.io/name", "postgresql");
    private static final String READY = "exec pg_isready -q -h 127.0.0.1 -p 5432 -U \"$POSTGRES_USER\"";
    private static final String FENCE = """
        command -v flock >/dev/null || { echo "statefulkit: this image has no flock, see withoutFence" >&2; exit 69; }
        trap 'exit 0' TERM INT
        exec 9>"$STATEFULKIT_LOCK" || exit 73
        until flock -n 9; do echo "waiting: another pod still uses this volume"; sleep 1; done
        trap - TERM INT
        exec "$@"
        """;

    private OrdersByHand() {}

    static List<HasMetadata> objects() {
        return List.of(secret(), service(true), service(false), budget(), set());
    }

    private static Map<String, String> lasting() {
        Map<String, String> labels = new TreeMap<>(SELECTOR);
        labels.put("app.kubernetes.io/managed-by", "statefulkit");
        labels.put("app.kubernetes.io/part-of", "orders");
        return labels;
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = lasting();
        labels.put("app.kubernetes.io/version", "15-bookworm");
        return labels;
    }

    private static HasMetadata secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("orders-credentials")
                .withLabels(labels())
                .withAnnotations(Map.of("statefulkit.dev/generate", "password"))
                .endMetadata()
                .withType("Opaque")
                .addToData("username", "cG9zdGdyZXM=")
                .build();
    }

    private static HasMetadata service(boolean headless) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(headless ? "orders-headless" : "orders")
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withClusterIP(headless ? "None" : null)
                .withPublishNotReadyAddresses(headless ? true : null)
                .withSelector(new TreeMap<>(SELECTOR))
                .addNewPort()
                .withName("postgres")
                .withPort(5432)
                .withTargetPort(new IntOrString("postgres"))
                .endPort()
                .endSpec()
                .build();
    }

    private static HasMetadata budget() {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("orders")
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(new TreeMap<>(SELECTOR))
                .endSelector()
                .endSpec()
                .build();
    }

    private static HasMetadata set() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("orders")
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withServiceName("orders-headless")
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(new TreeMap<>(SELECTOR))
                .endSelector()
                .withPodManagementPolicy("OrderedReady")
                .withRevisionHistoryLimit(10)
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .endUpdateStrategy()
                .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Retain")
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels())
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .withVolumeClaimTemplates(claim())
                .endSpec()
                .build();
    }

    private static PodSpec pod() {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(300L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(999L)
                .withRunAsGroup(999L)
                .withFsGroup(999L)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container())
                .addNewVolume()
                .withName("credentials")
                .withNewSecret()
                .withSecretName("orders-credentials")
                .withDefaultMode(0440)
                .endSecret()
                .endVolume()
                .addNewVolume()
                .withName("run")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("shm")
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(Quantity.parse("256Mi"))
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private static Container container() {
        ContainerBuilder container = new ContainerBuilder()
                .withName("postgres")
                .withImage("postgres:15-bookworm")
                .withCommand("sh", "-c", FENCE, "statefulkit-fence", "docker-entrypoint.sh")
                .withArgs("postgres", "-c", "max_connections=100", "-c", "shared_buffers=128MB")
                .addNewPort()
                .withName("postgres")
                .withContainerPort(5432)
                .endPort()
                .withNewResources()
                .addToRequests("cpu", Quantity.parse("250m"))
                .addToRequests("memory", Quantity.parse("512Mi"))
                .addToLimits("memory", Quantity.parse("512Mi"))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
        environment(container);
        probes(container);
        mounts(container);
        return container.build();
    }

    private static void environment(ContainerBuilder container) {
        container
                .addNewEnv()
                .withName("PGDATA")
                .withValue("/var/lib/postgresql/data/pgdata")
                .endEnv()
                .addNewEnv()
                .withName("POSTGRES_USER")
                .withNewValueFrom()
                .withNewSecretKeyRef("username", "orders-credentials", null)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("POSTGRES_PASSWORD_FILE")
                .withValue("/etc/statefulkit/credentials/password")
                .endEnv()
                .addNewEnv()
                .withName("POSTGRES_DB")
                .withValue("postgres")
                .endEnv()
                .addNewEnv()
                .withName("POSTGRES_INITDB_ARGS")
                .withValue("--auth-host=scram-sha-256 --auth-local=trust --data-checksums --encoding=UTF8")
                .endEnv()
                .addNewEnv()
                .withName("STATEFULKIT_LOCK")
                .withValue("/var/lib/postgresql/data/.statefulkit.lock")
                .endEnv();
    }

    private static void probes(ContainerBuilder container) {
        container
                .withNewStartupProbe()
                .withPeriodSeconds(1)
                .withTimeoutSeconds(5)
                .withFailureThreshold(3600)
                .withNewExec()
                .withCommand("sh", "-c", READY)
                .endExec()
                .endStartupProbe()
                .withNewReadinessProbe()
                .withPeriodSeconds(5)
                .withTimeoutSeconds(5)
                .withFailureThreshold(3)
                .withNewExec()
                .withCommand("sh", "-c", READY)
                .endExec()
                .endReadinessProbe()
                .withNewLivenessProbe()
                .withPeriodSeconds(10)
                .withTimeoutSeconds(5)
                .withFailureThreshold(6)
                .withNewExec()
                .withCommand("sh", "-c", READY.substring("exec ".length()) + "; [ $? -lt 2 ]")
                .endExec()
                .endLivenessProbe();
    }

    private static void mounts(ContainerBuilder container) {
        container
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/var/lib/postgresql/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("credentials")
                .withMountPath("/etc/statefulkit/credentials")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("run")
                .withMountPath("/var/run/postgresql")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("shm")
                .withMountPath("/dev/shm")
                .endVolumeMount();
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data")
                .withLabels(lasting())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", Quantity.parse("1Gi"))
                .endResources()
                .endSpec()
                .build();
    }
}
