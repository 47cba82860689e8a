package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.deploy.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeTest {

    /** Its first pause is ten seconds. */
    private static final Duration SECOND_PULL_OF_A_KUBELET = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(names = {"K3S", "KUBECONFIG"})
    void where_images_are_pulled_a_registry_that_refuses_once_is_asked_again(ProviderKind provider) {
        Patience patience = Scope.patience(provider);

        assertThat(patience.withTroubles()).isGreaterThan(SECOND_PULL_OF_A_KUBELET);
        assertThat(patience.timeout()).isGreaterThan(Patience.defaults().timeout());
    }

    @Test
    void where_no_image_comes_later_nothing_is_waited_for() {
        assertThat(Scope.patience(ProviderKind.EMBEDDED)).isEqualTo(Patience.defaults());
    }
}
