package io.statefulkit.embedded.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.node.status.ContainerState.Running;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.PodPlan.Finish;
import io.statefulkit.embedded.node.status.PodPlan.Start;
import io.statefulkit.embedded.node.status.PodPlan.Wait;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ContainerRecord init = ContainerRecord.fresh("init", Role.INIT, true);
    private final ContainerRecord side = ContainerRecord.fresh("side", Role.SIDECAR, true);
    private final ContainerRecord one = ContainerRecord.fresh("one", Role.MAIN, true);
    private final ContainerRecord two = ContainerRecord.fresh("two", Role.MAIN, true);

    @Test
    void init_containers_start_one_after_the_other() {
        assertThat(plan("Always", init, side, one)).containsExactly(new Start("init"));
        assertThat(plan("Always", running(init), side, one)).isEmpty();
        assertThat(plan("Always", ended(init, 0), side, one)).containsExactly(new Start("side"));
        assertThat(plan("Always", ended(init, 0), running(side), one)).isEmpty();
        assertThat(plan("Always", ended(init, 0), running(side).with(true, true), one, two))
                .containsExactly(new Start("one"), new Start("two"));
    }

    @Test
    void a_failed_init_container_ends_a_pod_that_is_never_restarted() {
        assertThat(plan("Never", ended(init, 4), one)).containsExactly(new Finish());
        assertThat(plan("Always", ended(init, 4), one)).containsExactly(new Start("init"));
    }

    @Test
    void the_restart_policy_decides_what_becomes_of_ended_containers() {
        assertThat(plan("Always", ended(one, 0))).containsExactly(new Start("one"));
        assertThat(plan("OnFailure", ended(one, 0))).containsExactly(new Finish());
        assertThat(plan("OnFailure", ended(one, 1))).containsExactly(new Start("one"));
        assertThat(plan("Never", ended(one, 1))).containsExactly(new Finish());
        assertThat(plan("Never", ended(one, 1), running(two))).isEmpty();
    }

    @Test
    void a_container_in_back_off_is_waited_for() {
        Instant later = NOW.plusSeconds(10);
        assertThat(plan("Always", ended(one, 1).notBefore(later))).containsExactly(new Wait("one", later));
    }

    @Test
    void a_sidecar_is_restarted_beside_the_others() {
        assertThat(plan("Always", ended(init, 0), ended(side, 1), running(one))).containsExactly(new Start("side"));
    }

    private static List<PodPlan.Step> plan(String policy, ContainerRecord... containers) {
        return PodPlan.next(new PodRecord(policy, "", "", NOW, true, false, "", "", List.of(containers)), NOW);
    }

    private static ContainerRecord running(ContainerRecord container) {
        return container.in(new Running(NOW));
    }

    private static ContainerRecord ended(ContainerRecord container, int code) {
        return container.in(new Terminated(code, "Error", "", NOW, NOW, "process://1"));
    }
}
