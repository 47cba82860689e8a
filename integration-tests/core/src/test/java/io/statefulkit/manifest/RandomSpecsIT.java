package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.testing.SharedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that is rendered is refused by an API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomSpecsIT {

    private static final int SPECS = 120;

    private final String namespace = SharedCluster.kit("random").namespace();

    @Test
    void what_is_rendered_is_accepted_by_an_api_server() {
        KubernetesClient client = SharedCluster.client();
        List<String> refusals = new ArrayList<>();
        int accepted = 0;
        for (long seed = 10_000; seed < 10_000 + SPECS; seed++) {
            Optional<Plan> plan = plan(seed);
            if (plan.isPresent()) {
                accepted++;
                for (HasMetadata object : plan.get().resources()) {
                    refusal(client, object).map(withSeed(seed)).ifPresent(refusals::add);
                }
            }
        }
        assertThat(refusals).isEmpty();
        assertThat(accepted).isGreaterThan(SPECS / 4);
    }

    @ParameterizedTest
    @MethodSource("io.statefulkit.manifest.KubernetesSchemaTest#systems")
    void the_tutorials_systems_are_accepted_by_an_api_server(StatefulSpec system) {
        assertThat(Plan.of(system).resources())
                .allSatisfy(object ->
                        assertThat(refusal(SharedCluster.client(), object)).isEmpty());
    }

    private static UnaryOperator<String> withSeed(long seed) {
        return text -> "seed " + seed + ": " + text;
    }

    private Optional<String> refusal(KubernetesClient client, HasMetadata object) {
        try {
            apply(client, object);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(object.getKind() + " "
                    + (e.getStatus() == null ? e : e.getStatus().getMessage()));
        }
    }

    private void apply(KubernetesClient client, HasMetadata object) {
        Resource<HasMetadata> resource =
                object instanceof Namespaced ? client.resource(object).inNamespace(namespace) : client.resource(object);
        resource.dryRun().fieldManager("statefulkit").serverSideApply();
    }

    private static Optional<Plan> plan(long seed) {
        try {
            return Optional.of(Plan.of(new RandomSpecs(seed).next()));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
