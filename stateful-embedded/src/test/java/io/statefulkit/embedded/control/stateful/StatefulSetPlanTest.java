package io.statefulkit.embedded.control.stateful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each row: what is there, and what a pass does about it. Pods are written as ordinal, revision and state, such as
 * {@code "0 new ready, 1 old pending"}.
 */
class StatefulSetPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ORDERED =
            "'replicas':3,'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}}";
    private static final String PARALLEL = ORDERED + ",'podManagementPolicy':'Parallel'";
    private static final String CLAIMS = ",'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{}}]";

    private static Resource set(String spec, String status) {
        ObjectNode set = Json.object();
        set.put("kind", "StatefulSet").put("apiVersion", "apps/v1");
        set.putObject("metadata")
                .put("name", "db")
                .put("namespace", "test")
                .put("uid", "set")
                .put("generation", 1);
        set.set("spec", json("{'serviceName':'db'," + spec + "}"));
        set.set("status", json("{" + status + "}"));
        return new Resource(set);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static List<Resource> pods(String text) {
        List<Resource> pods = new ArrayList<>();
        for (String each : text == null ? new String[0] : text.split(", *")) {
            String[] words = each.trim().split(" ");
            ObjectNode pod = Json.object();
            pod.put("kind", "Pod").put("apiVersion", "v1");
            String name = "db-" + words[0];
            ObjectNode metadata = pod.putObject("metadata")
                    .put("name", name)
                    .put("namespace", "test")
                    .put("uid", name);
            metadata.putObject("labels")
                    .put(SetPods.NAME_LABEL, name)
                    .put(SetPods.INDEX_LABEL, words[0])
                    .put(StatefulSetPlan.REVISION_LABEL, words[1]);
            ObjectNode status = pod.putObject("status");
            for (String word : List.of(words).subList(2, words.length)) {
                state(metadata, status, word);
            }
            pods.add(new Resource(pod));
        }
        return pods;
    }

    private static void state(ObjectNode metadata, ObjectNode status, String word) {
        switch (word) {
            case "ready" -> ready(status, "2026-01-02T03:00:00Z");
            case "fresh" -> ready(status, "2026-01-02T03:04:00Z");
            case "running" -> status.put("phase", "Running");
            case "pending" -> status.put("phase", "Pending");
            case "failed" -> status.put("phase", "Failed");
            case "succeeded" -> status.put("phase", "Succeeded");
            case "deleting" -> metadata.put("deletionTimestamp", "2026-01-02T03:05:00Z");
            case "nameless" -> metadata.withObject("/labels").remove(SetPods.NAME_LABEL);
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static void ready(ObjectNode status, String since) {
        status.put("phase", "Running");
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("lastTransitionTime", since);
    }

    private static StatefulSetPlan.Result plan(Resource set, String pods, Map<String, Resource> claims) {
        JsonNode template = json("{'metadata':{'labels':{'app':'db'}},'spec':{'containers':[{'name':'app'}]}}");
        return StatefulSetPlan.next(new StatefulSetPlan.Input(
                set, pods(pods), claims, new Revision("old", template), new Revision("new", template), NOW));
    }

    private static String actions(StatefulSetPlan.Result result) {
        return String.join(
                ", ", result.actions().stream().map(StatefulSetPlanTest::text).toList());
    }

    private static String text(Action action) {
        if (action instanceof Action.CreateClaim claim) {
            return "claim " + claim.claim().path("metadata").path("name").asText();
        }
        if (action instanceof Action.CreatePod create) {
            JsonNode metadata = create.pod().path("metadata");
            return "create " + metadata.path("name").asText().substring(3) + " "
                    + metadata.path("labels")
                            .path(StatefulSetPlan.REVISION_LABEL)
                            .asText();
        }
        if (action instanceof Action.DeletePod delete) {
            return "delete " + delete.pod().name().substring(3);
        }
        if (action instanceof Action.Identify identify) {
            return "identify " + identify.ordinal();
        }
        if (action instanceof Action.OwnClaim own) {
            return "own " + own.claim().name() + " by "
                    + own.owners().path(0).path("kind").asText("nobody");
        }
        if (action instanceof Action.Updated updated) {
            return "updated " + updated.pod().substring(3);
        }
        return "blocked " + ((Action.Blocked) action).pod() + " " + ((Action.Blocked) action).why();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // One after the other, each waits for the one before.
                "-                                             | create 0 new",
                "0 new pending                                 | ''",
                "0 new running                                 | ''",
                "0 new ready                                   | create 1 new",
                "0 new ready, 1 new ready                      | create 2 new",
                "0 new ready, 1 new running, 2 new ready       | ''",
                "0 new ready, 1 new ready, 2 new ready         | ''",
                // What ended is replaced, whatever its end.
                "0 new failed                                  | delete 0",
                "0 new ready, 1 new succeeded, 2 new ready     | delete 1",
                "0 new failed deleting                         | ''",
                // A hole is filled before anything else happens.
                "0 new ready, 2 new ready                      | create 1 new",
                "0 new ready deleting, 1 new ready, 2 new ready| ''",
                // Too many: from the highest, one at a time, and not while another is unhealthy.
                "0 new ready, 1 new ready, 2 new ready, 3 new ready, 4 new ready          | delete 4",
                "0 new ready, 1 new ready, 2 new ready, 3 new ready, 4 new ready deleting | ''",
                "0 new ready, 1 new ready, 2 new ready, 3 new ready, 4 new pending        | delete 4",
                "0 new ready, 1 new ready, 2 new ready, 3 new pending, 4 new pending      | ''",
                "0 new ready, 1 new pending, 2 new ready, 3 new ready                     | ''",
                "0 old ready, 1 old ready, 2 old ready, 3 old ready                       | delete 3",
                // A rollout: from the highest, one at a time, each must be ready before the next.
                "0 old ready, 1 old ready, 2 old ready         | delete 2",
                "0 old ready, 1 old ready, 2 new ready         | delete 1",
                "0 old ready, 1 old ready, 2 new running       | ''",
                "0 old ready, 1 old ready, 2 old ready deleting| ''",
                "0 old ready, 1 old ready                      | create 2 new",
                // Stuck: the broken pod of the middle keeps its successors and the rollout back.
                "0 new ready, 1 old pending, 2 new ready       | ''",
                // Identity is repaired.
                "0 new ready nameless, 1 new ready, 2 new ready| identify 0, updated 0",
                "0 new pending nameless                        | ''",
            })
    void in_order(String pods, String expected) {
        assertThat(actions(plan(set(ORDERED, ""), pods, Map.of()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                             | create 0 new, create 1 new, create 2 new",
                "0 new pending, 2 new running                  | create 1 new",
                "0 new failed, 1 new succeeded                 | delete 0, delete 1, create 2 new",
                "0 new ready, 1 new ready, 2 new ready, 3 new ready, 4 new ready | delete 4, delete 3",
                // What ended holds up neither scaling down nor a rollout; it is replaced beside them.
                "0 new failed, 1 new ready, 2 new ready, 3 new ready             | delete 0, delete 3",
                "0 new failed, 1 old ready, 2 old ready        | delete 0, delete 2",
                "0 old ready, 1 old ready, 2 old failed        | delete 2",
                // A rollout is one at a time all the same, and recovers from what is broken.
                "0 old ready, 1 old ready, 2 old ready         | delete 2",
                "0 old ready, 1 old pending, 2 new ready       | delete 1",
                "0 old ready, 1 old ready, 2 new pending       | ''",
            })
    void in_parallel(String pods, String expected) {
        assertThat(actions(plan(set(PARALLEL, ""), pods, Map.of()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Below the partition the old revision stays, and comes back.
                "2 | 0 old ready, 1 old ready, 2 old ready | delete 2",
                "2 | 0 old ready, 1 old ready, 2 new ready | ''",
                "2 | 0 old ready, 2 new ready              | create 1 old",
                "2 | 0 old ready, 1 old ready              | create 2 new",
                "9 | 0 old ready, 1 old ready, 2 old ready | ''",
            })
    void with_a_partition(int partition, String pods, String expected) {
        String spec = "'replicas':3,'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':" + partition
                + "}}";

        assertThat(actions(plan(set(spec, "'currentReplicas':3"), pods, Map.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nothing is deleted, and what somebody deletes comes back new.
                "OnDelete      | 0 old ready, 1 old ready, 2 old ready | ''",
                "OnDelete      | 0 old ready, 2 old ready              | create 1 new",
                // Without a partition in its spec the status tells which ordinals are old.
                "RollingUpdate | 0 old ready, 2 new ready              | create 1 old",
                "RollingUpdate | 0 old ready, 1 old ready              | create 2 new",
            })
    void with_another_strategy(String strategy, String pods, String expected) {
        Resource set = set("'replicas':3,'updateStrategy':{'type':'" + strategy + "'}", "'currentReplicas':2");

        assertThat(actions(plan(set, pods, Map.of()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                        | create 5 new",
                "5 new ready              | create 6 new",
                "5 new ready, 6 new ready | ''",
                "0 new ready, 5 new ready, 6 new ready | delete 0",
                "5 old ready, 6 old ready | delete 6",
            })
    void with_a_start(String pods, String expected) {
        Resource set = set(
                "'replicas':2,'ordinals':{'start':5},'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}}",
                "");

        assertThat(actions(plan(set, pods, Map.of()))).isEqualTo(expected);
    }

    @Test
    void a_fresh_pod_holds_the_next_step_until_it_is_available() {
        Resource set = set(ORDERED + ",'minReadySeconds':30", "");

        StatefulSetPlan.Result waiting = plan(set, "0 new fresh", Map.of());
        StatefulSetPlan.Result rolling = plan(set, "0 old ready, 1 old ready, 2 new fresh", Map.of());

        assertThat(waiting.actions()).isEmpty();
        assertThat(waiting.again()).contains(Duration.ofSeconds(25));
        assertThat(waiting.status().path("readyReplicas").asInt()).isEqualTo(1);
        assertThat(waiting.status().path("availableReplicas").asInt()).isZero();
        assertThat(rolling.actions()).isEmpty();
        assertThat(actions(plan(set, "0 new ready", Map.of()))).isEqualTo("create 1 new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 0 old ready, 1 old ready, 2 new running          | 3 2 2 1 old new 2",
                "3 | 0 new ready, 1 new ready, 2 new ready            | 3 3 3 3 new new 3",
                "3 | 0 new ready, 1 new ready, 2 new ready deleting   | 3 3 0 2 old new 3",
                "2 | 0 old ready, 1 old ready                         | 2 2 1 0 old new 2",
                "3 | 0 other ready, 1 other ready, 2 other ready      | 3 3 0 0 old new 3",
                "1 | 0 new pending                                    | 1 0 0 1 old new 0",
                "0 | 0 new ready deleting                             | 1 1 0 0 old new 1",
            })
    void the_status_counts(int replicas, String pods, String expected) {
        Resource set = set(
                "'replicas':" + replicas + ",'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}}",
                "");
        JsonNode status = plan(set, pods, Map.of()).status();

        assertThat(String.join(
                        " ",
                        List.of(
                                status.path("replicas").asText("0"),
                                status.path("readyReplicas").asText("0"),
                                status.path("currentReplicas").asText("0"),
                                status.path("updatedReplicas").asText("0"),
                                status.path("currentRevision").asText(),
                                status.path("updateRevision").asText(),
                                status.path("availableReplicas").asText("0"))))
                .isEqualTo(expected);
    }

    @Test
    void a_set_that_is_being_deleted_only_counts() {
        Resource set = set(ORDERED, "");
        ((ObjectNode) set.json().path("metadata")).put("deletionTimestamp", "2026-01-02T03:04:00Z");

        StatefulSetPlan.Result result = plan(set, "0 new failed", Map.of());

        assertThat(result.actions()).isEmpty();
        assertThat(result.status().path("replicas").asInt()).isEqualTo(1);
    }

    private static Map<String, Resource> claims(String text) {
        Map<String, Resource> claims = new HashMap<>();
        for (String each : text == null ? new String[0] : text.split(", *")) {
            String[] words = each.trim().split(" ");
            ObjectNode claim = Json.object();
            ObjectNode metadata = claim.putObject("metadata").put("name", "data-db-" + words[0]);
            for (String word : List.of(words).subList(1, words.length)) {
                switch (word) {
                    case "deleting" -> metadata.put("deletionTimestamp", "2026-01-02T03:04:00Z");
                    case "ofSet" -> owner(metadata, "StatefulSet", "db", "set");
                    case "ofPod" -> owner(metadata, "Pod", "db-" + words[0], "db-" + words[0]);
                    case "ofEarlierPod" -> owner(metadata, "Pod", "db-" + words[0], "earlier");
                    case "ofOther" -> owner(metadata, "Backup", "nightly", "other");
                    default -> throw new IllegalArgumentException(word);
                }
            }
            claims.put("data-db-" + words[0], new Resource(claim));
        }
        return claims;
    }

    private static void owner(ObjectNode metadata, String kind, String name, String uid) {
        metadata.withArray("ownerReferences")
                .addObject()
                .put("kind", kind)
                .put("name", name)
                .put("uid", uid)
                .put("controller", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Claims come before their pod, and what is there is used again.
                "Retain | Retain | -             | -                  | claim data-db-0, create 0 new",
                "Retain | Retain | -             | 0                  | create 0 new",
                "Retain | Retain | 0 new pending | -                  | claim data-db-0",
                // A claim that goes, or will go with an earlier pod, holds its pod back.
                "Retain | Retain | -             | 0 deleting         | blocked db-0 pvc data-db-0 is being deleted",
                "Retain | Delete | -             | 0 ofEarlierPod     | ''",
                "Retain | Delete | 1 new ready   | 0 ofEarlierPod     | ''",
                "Retain | Retain | 1 new ready   | 0 deleting         | blocked db-0 pvc data-db-0 is being deleted",
                // Who owns a claim decides with whom it goes.
                "Retain | Retain | 0 new ready   | 0                  | ''",
                "Retain | Retain | 0 new ready   | 0 ofSet            | own data-db-0 by nobody, updated 0",
                "Delete | Retain | 0 new ready   | 0                  | own data-db-0 by StatefulSet, updated 0",
                "Delete | Retain | 0 new ready   | 0 ofSet            | ''",
                "Delete | Delete | 0 new ready   | 0                  | own data-db-0 by StatefulSet, updated 0",
                "Retain | Delete | 0 new ready   | 0                  | ''",
                "Retain | Delete | 0 new ready, 1 new ready | 0, 1       | own data-db-1 by Pod, delete 1",
                "Delete | Delete | 0 new ready, 1 new ready | 0 ofSet, 1 ofSet | own data-db-1 by Pod, delete 1",
                "Retain | Delete | 0 new ready, 1 new ready | 0, 1 ofPod | delete 1",
                "Delete | Retain | 0 new ready, 1 new ready | 0 ofSet, 1 ofSet | delete 1",
                "Retain | Retain | 0 new ready, 1 new ready | 0, 1       | delete 1",
                // Scaled up again before the pod went: the claim is kept after all.
                "Retain | Delete | 0 new ready   | 0 ofPod            | own data-db-0 by nobody, updated 0",
                // Somebody else's claim is left alone.
                "Delete | Delete | 0 new ready   | 0 ofOther          | ''",
            })
    void with_claims(String whenDeleted, String whenScaled, String pods, String claims, String expected) {
        Resource set = set(
                "'replicas':1,'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}}"
                        + ",'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'" + whenDeleted
                        + "','whenScaled':'" + whenScaled + "'}" + CLAIMS,
                "");

        assertThat(actions(plan(set, pods, claims(claims)))).isEqualTo(expected);
    }
}
