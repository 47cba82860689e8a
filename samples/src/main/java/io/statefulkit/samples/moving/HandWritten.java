package io.statefulkit.samples.moving;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;

/** A database as one writes it by hand, with the builders of the client: it works, until it does not. */
record HandWritten(String namespace) {

    static final String NAME = "ledger";
    private static final Map<String, String> LABELS = Map.of("app", NAME);

    Secret login() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("ledger-login")
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("user", "ledger")
                .addToStringData("password", "k8Jq2mVx7Rt4Zw9P")
                .build();
    }

    PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("ledger-files")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", Quantity.parse("1Gi"))
                .endResources()
                .endSpec()
                .build();
    }

    Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withSelector(LABELS)
                .addNewPort()
                .withPort(5432)
                .withTargetPort(new IntOrString(5432))
                .endPort()
                .endSpec()
                .build();
    }

    Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("db")
                .withImage("postgres:15-bookworm")
                .addNewEnv()
                .withName("POSTGRES_USER")
                .withNewValueFrom()
                .withNewSecretKeyRef("user", "ledger-login", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("POSTGRES_PASSWORD")
                .withNewValueFrom()
                .withNewSecretKeyRef("password", "ledger-login", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("PGDATA")
                .withValue("/var/lib/postgresql/data/pgdata")
                .endEnv()
                .addNewVolumeMount()
                .withName("files")
                .withMountPath("/var/lib/postgresql/data")
                .endVolumeMount()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("pg_isready", "-h", "127.0.0.1")
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .addNewVolume()
                .withName("files")
                .withNewPersistentVolumeClaim("ledger-files", false)
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
