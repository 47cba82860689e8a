package io.statefulkit.handle.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.statefulkit.spec.storage.Size;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {

    private static final Size WANTED = Size.of("2Gi");

    @Test
    void a_claim_has_got_its_size_when_its_volume_has_it() {
        assertThat(Expansion.done(claim("2Gi", false), WANTED, true)).isTrue();
        assertThat(Expansion.done(claim("2147483648", false), WANTED, true)).isTrue();
        assertThat(Expansion.done(claim("1Gi", false), WANTED, true)).isFalse();
        assertThat(Expansion.done(new PersistentVolumeClaim(), WANTED, false)).isFalse();
    }

    /** The node makes a file system larger when a pod uses it, and not before. */
    @Test
    void a_claim_of_a_pod_that_was_scaled_away_waits_for_its_next_pod_and_holds_up_nobody() {
        assertThat(Expansion.done(claim("1Gi", true), WANTED, false)).isTrue();
        assertThat(Expansion.done(claim("1Gi", true), WANTED, true)).isFalse();
        assertThat(Expansion.done(claim("1Gi", false), WANTED, false)).isFalse();
    }

    private static PersistentVolumeClaim claim(String capacity, boolean pending) {
        return new PersistentVolumeClaimBuilder()
                .withNewStatus()
                .withCapacity(Map.of("storage", Quantity.parse(capacity)))
                .addNewCondition()
                .withType("FileSystemResizePending")
                .withStatus(pending ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
