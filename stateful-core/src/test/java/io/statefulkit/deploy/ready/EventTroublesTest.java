package io.statefulkit.deploy.ready;

import static io.statefulkit.deploy.ready.Scene.pod;
import static io.statefulkit.deploy.ready.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTroublesTest {

    private static final Workload WORKLOAD = Workload.of(set().build());

    @Test
    void pods_that_may_not_be_created_show_only_in_an_event() {
        Event refused = new EventBuilder(event("StatefulSet", "orders", "FailedCreate"))
                .withMessage("exceeded quota")
                .build();

        assertThat(EventTroubles.in(state(List.of(), refused)))
                .extracting(Trouble::toString)
                .containsExactly("StatefulSet orders: FailedCreate (exceeded quota)");
        assertThat(EventTroubles.in(state(Scene.pods(), refused))).isEmpty();
    }

    @Test
    void a_refused_pod_is_no_trouble_any_more_once_one_was_made_since() {
        Event refused = event("StatefulSet", "orders", "FailedCreate");

        assertThat(troubles(made("2026-11-30T10:00:07Z"), refused))
                .extracting(Trouble::reason)
                .as("the pod before the one that was refused")
                .containsExactly("FailedCreate");
        assertThat(troubles(made("2026-11-30T10:00:09Z"), refused)).isEmpty();
    }

    @Test
    void of_refusals_that_are_counted_in_a_series_the_last_one_counts() {
        Event refused = new EventBuilder(event("StatefulSet", "orders", "FailedCreate"))
                .withLastTimestamp(null)
                .withNewEventTime("2026-11-30T10:00:00.000000Z")
                .withNewSeries()
                .withCount(2)
                .withNewLastObservedTime("2026-11-30T10:00:08.000000Z")
                .endSeries()
                .build();

        assertThat(troubles(made("2026-11-30T10:00:07Z"), refused)).hasSize(1);
        assertThat(troubles(made("2026-11-30T10:00:09Z"), refused)).isEmpty();
    }

    @Test
    void what_was_refused_to_a_set_of_the_same_name_before_is_no_trouble_of_this_one() {
        assertThat(troubles(unready(), about("set-uid")))
                .extracting(Trouble::reason)
                .containsExactly("FailedCreate");
        assertThat(troubles(unready(), about("uid-of-the-set-before"))).isEmpty();
    }

    private static Event about(String uid) {
        return new EventBuilder(event("StatefulSet", "orders", "FailedCreate"))
                .editInvolvedObject()
                .withUid(uid)
                .endInvolvedObject()
                .build();
    }

    @Test
    void a_volume_that_could_not_be_made_is_no_trouble_any_more_once_the_pod_has_a_node() {
        Event failed = event("PersistentVolumeClaim", "data-orders-0", "ProvisioningFailed");
        Pod waits = new PodBuilder(unready())
                .withNewSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim("data-orders-0", null)
                .endVolume()
                .endSpec()
                .build();
        Pod starts =
                new PodBuilder(waits).editSpec().withNodeName("n1").endSpec().build();

        assertThat(troubles(waits, failed)).extracting(Trouble::reason).containsExactly("ProvisioningFailed");
        assertThat(troubles(starts, failed)).isEmpty();
    }

    @Test
    void a_job_that_may_not_make_pods_is_no_trouble_of_its_server() {
        assertThat(troubles(unready(), event("Job", "orders-import", "FailedCreate")))
                .isEmpty();
    }

    @Test
    void an_event_without_a_reason_is_no_trouble() {
        Event wordless = new EventBuilder(event("StatefulSet", "orders", "FailedCreate"))
                .withReason(null)
                .build();

        assertThat(troubles(unready(), wordless)).isEmpty();
    }

    private static List<Trouble> troubles(Pod pod, Event event) {
        return EventTroubles.in(state(List.of(pod), event));
    }

    private static WorkloadState state(List<Pod> pods, Event event) {
        return new WorkloadState(Optional.of(WORKLOAD), pods, List.of(event));
    }

    private static Event event(String kind, String name, String reason) {
        return new EventBuilder()
                .withReason(reason)
                .withLastTimestamp("2026-11-30T10:00:08Z")
                .withNewInvolvedObject()
                .withKind(kind)
                .withName(name)
                .endInvolvedObject()
                .build();
    }

    private static Pod unready() {
        return pod(0, Scene.NEW)
                .editStatus()
                .withPhase("Pending")
                .withConditions()
                .endStatus()
                .build();
    }

    private static Pod made(String when) {
        return new PodBuilder(unready())
                .editMetadata()
                .withCreationTimestamp(when)
                .endMetadata()
                .build();
    }
}
