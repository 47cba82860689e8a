package io.statefulkit.embedded.api.write;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvictionTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @BeforeEach
    void runAPod() {
        ObjectNode pod = ApiTests.pod("p");
        Json.child(Json.child(pod, "metadata"), "labels").put("app", "db");
        api.create(ResourceCatalog.PODS, "default", pod, ME);
        api.post(ResourceCatalog.PODS, "default", "p", "binding", json("{'target':{'name':'node'}}"), ME);
        status(ResourceCatalog.PODS, "p", "{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void without_a_budget_the_pod_is_deleted_and_says_why() {
        ObjectNode answer = evict();

        assertThat(answer.path("code").asInt()).isEqualTo(201);
        ObjectNode pod = api.get(ResourceCatalog.PODS, "default", "p");
        assertThat(Metadata.deleting(pod)).isTrue();
        assertThat(pod.path("status").path("conditions").path(1).path("reason").asText())
                .isEqualTo("EvictionByEvictionAPI");
    }

    @Test
    void a_spent_budget_refuses() {
        budget(
                "{'disruptionsAllowed':0,'currentHealthy':1,'desiredHealthy':1,'expectedPods':1,'observedGeneration':1}");

        Failure failure = failure(this::evict);

        assertThat(failure.code()).isEqualTo(429);
        assertThat(failure).hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(failure.status().path("details").path("causes").path(0))
                .isEqualTo(
                        json("{'reason':'DisruptionBudget','message':'The disruption budget db needs 1 healthy pods and"
                                + " has 1 currently'}"));
        assertThat(Metadata.deleting(api.get(ResourceCatalog.PODS, "default", "p")))
                .isFalse();
    }

    @Test
    void a_budget_counts_what_it_allows() {
        budget(
                "{'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1,'expectedPods':2,'observedGeneration':1,"
                        + "'conditions':[{'type':'DisruptionAllowed','status':'True','reason':'SufficientPods','message':''}]}");

        evict();

        ObjectNode budget = api.get(ResourceCatalog.POD_DISRUPTION_BUDGETS, "default", "db");
        assertThat(budget.path("status").path("disruptionsAllowed").asInt()).isZero();
        assertThat(budget.path("status").path("disruptedPods").has("p")).isTrue();
        assertThat(budget.at("/status/conditions/0/status").asText()).isEqualTo("False");
        assertThat(budget.at("/status/conditions/0/reason").asText()).isEqualTo("InsufficientPods");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'metadata':{'name':'q'}}", "{}"})
    void another_name_in_the_body_is_refused(String body) {
        Failure failure = failure(() -> api.post(ResourceCatalog.PODS, "default", "p", "eviction", json(body), ME));

        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure).hasMessage("name in URL does not match name in Eviction object");
    }

    @Test
    void under_two_budgets_no_pod_is_evicted() {
        for (String name : new String[] {"a", "b"}) {
            ObjectNode budget = json("{'metadata':{'name':'" + name
                    + "'},'spec':{'minAvailable':0,'selector':{'matchLabels':{'app':'db'}}}}");
            api.create(ResourceCatalog.POD_DISRUPTION_BUDGETS, "default", budget, ME);
        }

        Failure failure = failure(this::evict);

        assertThat(failure.status())
                .isEqualTo(
                        json(
                                "{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','message':'This pod has"
                                        + " more than one PodDisruptionBudget, which the eviction subresource does not support.','code':500}"));
    }

    @Test
    void a_rehearsal_that_only_the_eviction_itself_asks_for_changes_nothing() {
        budget(
                "{'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1,'expectedPods':2,'observedGeneration':1}");
        ObjectNode before = api.get(ResourceCatalog.PODS, "default", "p");

        evict("'dryRun':['All']");

        assertThat(api.get(ResourceCatalog.PODS, "default", "p")).isEqualTo(before);
        ObjectNode budget = api.get(ResourceCatalog.POD_DISRUPTION_BUDGETS, "default", "db");
        assertThat(budget.path("status").path("disruptionsAllowed").asInt()).isOne();
    }

    @Test
    void the_pod_of_a_revision_is_evicted_and_one_that_has_changed_is_left_alone() {
        String seen = ApiTests.revision(api.get(ResourceCatalog.PODS, "default", "p"));
        status(ResourceCatalog.PODS, "p", "{'phase':'Running','conditions':[{'type':'Ready','status':'False'}]}");
        ObjectNode changed = api.get(ResourceCatalog.PODS, "default", "p");

        Failure failure = failure(() -> evict("'preconditions':{'resourceVersion':'" + seen + "'}"));
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure).hasMessageContaining("the ResourceVersion in the precondition (" + seen + ")");
        assertThat(api.get(ResourceCatalog.PODS, "default", "p")).isEqualTo(changed);

        evict("'preconditions':{'resourceVersion':'" + ApiTests.revision(changed) + "'}");
        assertThat(Metadata.deleting(api.get(ResourceCatalog.PODS, "default", "p")))
                .isTrue();
    }

    private ObjectNode evict(String deleteOptions) {
        ObjectNode eviction = json("{'metadata':{'name':'p'},'deleteOptions':{" + deleteOptions + "}}");
        return api.post(ResourceCatalog.PODS, "default", "p", "eviction", eviction, ME);
    }

    private ObjectNode evict() {
        return api.post(ResourceCatalog.PODS, "default", "p", "eviction", json("{'metadata':{'name':'p'}}"), ME);
    }

    private void budget(String status) {
        api.create(
                ResourceCatalog.POD_DISRUPTION_BUDGETS,
                "default",
                json("{'metadata':{'name':'db'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'db'}}}}"),
                ME);
        status(ResourceCatalog.POD_DISRUPTION_BUDGETS, "db", status);
    }

    private void status(ResourceType type, String name, String status) {
        api.edit(
                type,
                "default",
                name,
                "status",
                object -> {
                    object.set("status", json(status));
                    return object;
                },
                ME);
    }
}
