package io.statefulkit.embedded.api.quota;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void the_pod_too_many_is_refused() {
        quota("{'pods':'2'}");
        create(ResourceCatalog.PODS, pod("a", "{}"));
        create(ResourceCatalog.PODS, pod("b", "{}"));

        Failure failure = failure(() -> create(ResourceCatalog.PODS, pod("c", "{}")));

        assertThat(failure.code()).isEqualTo(403);
        assertThat(failure)
                .hasMessage("pods \"c\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited:"
                        + " pods=2");
        assertThat(used()).isEqualTo(json("{'pods':'2'}"));
    }

    @Test
    void pods_that_ended_leave_room() {
        quota("{'pods':'1','count/pods':'5'}");
        create(ResourceCatalog.PODS, pod("a", "{}"));
        api.edit(
                ResourceCatalog.PODS,
                "default",
                "a",
                "status",
                pod -> {
                    pod.set("status", json("{'phase':'Succeeded'}"));
                    return pod;
                },
                ME);

        create(ResourceCatalog.PODS, pod("b", "{}"));

        assertThat(used()).isEqualTo(json("{'count/pods':'2','pods':'1'}"));
    }

    @Test
    void storage_is_counted_as_a_whole_and_by_class() {
        quota("{'persistentvolumeclaims':'3','requests.storage':'2Gi','local-path.storageclass.storage.k8s.io/"
                + "requests.storage':'10Gi'}");
        create(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim("a", "1536Mi"));

        Failure failure = failure(() -> create(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim("b", "1Gi")));

        assertThat(failure)
                .hasMessage("persistentvolumeclaims \"b\" is forbidden: exceeded quota: few, requested:"
                        + " requests.storage=1Gi, used: requests.storage=1536Mi, limited: requests.storage=2Gi");
        assertThat(used())
                .isEqualTo(json("{'local-path.storageclass.storage.k8s.io/requests.storage':'1536Mi',"
                        + "'persistentvolumeclaims':'1','requests.storage':'1536Mi'}"));
    }

    @Test
    void containers_have_to_say_what_a_quota_limits() {
        quota("{'requests.memory':'1Gi','limits.cpu':'2'}");

        Failure failure = failure(() -> create(ResourceCatalog.PODS, pod("a", "{'requests':{'cpu':'1'}}")));
        create(ResourceCatalog.PODS, pod("b", "{'requests':{'memory':'100Mi'},'limits':{'cpu':'1500m'}}"));
        Failure second =
                failure(() -> create(ResourceCatalog.PODS, pod("c", "{'limits':{'memory':'1Gi','cpu':'600m'}}")));

        assertThat(failure)
                .hasMessage("pods \"a\" is forbidden: failed quota: few: must specify limits.cpu for: c;"
                        + " requests.memory for: c");
        assertThat(second)
                .hasMessage("pods \"c\" is forbidden: exceeded quota: few, requested:"
                        + " limits.cpu=600m,requests.memory=1Gi, used: limits.cpu=1500m,requests.memory=100Mi, limited:"
                        + " limits.cpu=2,requests.memory=1Gi");
    }

    @Test
    void scopes_choose_pods() {
        ObjectNode quota = json("{'metadata':{'name':'few'},'spec':{'hard':{'pods':'0'},'scopes':['BestEffort']}}");
        create(ResourceCatalog.RESOURCE_QUOTAS, quota);

        create(ResourceCatalog.PODS, pod("a", "{'requests':{'cpu':'1'}}"));
        Failure failure = failure(() -> create(ResourceCatalog.PODS, pod("b", "{}")));

        assertThat(failure).hasMessageContaining("exceeded quota: few, requested: pods=1");
    }

    @Test
    void a_rehearsal_is_refused_too_and_not_counted() {
        quota("{'configmaps':'2'}");
        WriteOptions rehearsal = new WriteOptions("test", true, false, WriteOptions.Validation.IGNORE);
        api.create(ResourceCatalog.CONFIG_MAPS, "default", ApiTests.configMap("a"), rehearsal);
        create(ResourceCatalog.CONFIG_MAPS, ApiTests.configMap("a"));

        Failure failure =
                failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "default", ApiTests.configMap("b"), rehearsal));

        assertThat(failure.code()).isEqualTo(403);
        assertThat(used()).isEqualTo(json("{'configmaps':'2'}"));
    }

    @Test
    void names_that_are_no_resources_are_refused() {
        Failure failure = failure(() -> quota("{'pods':'1.5','disks':'1'}"));

        assertThat(failure)
                .hasMessage("ResourceQuota \"few\" is invalid: [spec.hard[pods]: Invalid value: \"1500m\": must be an"
                        + " integer, spec.hard[disks]: Invalid value: \"disks\": must be a standard resource type or"
                        + " fully qualified, spec.hard[disks]: Invalid value: \"disks\": must be a standard resource"
                        + " for quota]");
    }

    @Test
    void limits_must_not_be_too_far_above_requests() {
        range("{'type':'Container','maxLimitRequestRatio':{'cpu':'4','memory':'2'}}");

        assertThat(failure(() -> create(
                        ResourceCatalog.PODS,
                        pod("a", "{'requests':{'cpu':'200m','memory':'1Gi'},'limits':{'cpu':'1','memory':'2Gi'}}"))))
                .hasMessage("pods \"a\" is forbidden: cpu max limit to request ratio per Container is 4, but provided"
                        + " ratio is 5.000000");
        assertThat(failure(() -> create(ResourceCatalog.PODS, pod("b", "{'limits':{'cpu':'1'}}"))))
                .hasMessage("pods \"b\" is forbidden: memory max limit to request ratio per Container is 2, but no"
                        + " request is specified or request is 0");
    }

    @Test
    void a_limit_range_says_on_the_pod_what_it_set() {
        range("{'type':'Container','default':{'cpu':'1','memory':'512Mi'},'defaultRequest':{'memory':'256Mi'}}");

        ObjectNode pod = create(ResourceCatalog.PODS, pod("a", "{}"));

        assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asText())
                .isEqualTo("LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for"
                        + " container c");
    }

    @Test
    void a_limit_range_gives_containers_what_they_leave_out() {
        range("{'type':'Container','default':{'memory':'512Mi'},'defaultRequest':{'memory':'256Mi'},"
                + "'max':{'memory':'1Gi'}}");

        ObjectNode pod = create(ResourceCatalog.PODS, pod("a", "{}"));
        Failure failure = failure(() -> create(ResourceCatalog.PODS, pod("b", "{'limits':{'memory':'2Gi'}}")));

        assertThat(pod.path("spec").path("containers").path(0).path("resources"))
                .isEqualTo(json("{'limits':{'memory':'512Mi'},'requests':{'memory':'256Mi'}}"));
        assertThat(failure)
                .hasMessage("pods \"b\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi");
    }

    @Test
    void a_limit_range_bounds_claims() {
        range("{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'4Gi'}}");

        Failure failure = failure(() -> create(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim("a", "5Gi")));

        assertThat(failure)
                .hasMessage("persistentvolumeclaims \"a\" is forbidden: maximum storage usage per PersistentVolumeClaim"
                        + " is 4Gi, but request is 5Gi");
    }

    private ObjectNode create(ResourceType type, ObjectNode object) {
        return api.create(type, "default", object, ME);
    }

    private void quota(String hard) {
        create(ResourceCatalog.RESOURCE_QUOTAS, json("{'metadata':{'name':'few'},'spec':{'hard':" + hard + "}}"));
    }

    private void range(String limit) {
        create(ResourceCatalog.LIMIT_RANGES, json("{'metadata':{'name':'r'},'spec':{'limits':[" + limit + "]}}"));
    }

    private ObjectNode used() {
        return (ObjectNode) api.get(ResourceCatalog.RESOURCE_QUOTAS, "default", "few")
                .path("status")
                .path("used");
    }

    private static ObjectNode pod(String name, String resources) {
        return json("{'metadata':{'name':'" + name
                + "'},'spec':{'containers':[{'name':'c','image':'busybox:1','resources':" + resources + "}]}}");
    }

    private static ObjectNode claim(String name, String size) {
        return json("{'metadata':{'name':'" + name + "'},'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':"
                + "'local-path','resources':{'requests':{'storage':'" + size + "'}}}}");
    }
}
