package io.statefulkit.embedded.api.decode;

import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import org.junit.jupiter.api.Test;

class ExplicitNullsTest {

    private final ExplicitNulls nulls = new ExplicitNulls();

    @Test
    void what_is_always_shown_is_null_when_it_is_not_given() {
        ObjectNode role = json("{'metadata':{'name':'r'}}");

        nulls.fill(ResourceCatalog.ROLES, role);

        assertThat(role).isEqualTo(json("{'metadata':{'name':'r'},'rules':null}"));
    }

    @Test
    void what_is_given_stays_and_a_second_time_changes_nothing() {
        ObjectNode role = json("{'rules':[{'verbs':['get']}]}");

        nulls.fill(ResourceCatalog.ROLES, role);
        ObjectNode once = role.deepCopy();
        nulls.fill(ResourceCatalog.ROLES, role);

        assertThat(role).isEqualTo(once);
        assertThat(role.path("rules").path(0).path("verbs").path(0).asText()).isEqualTo("get");
    }

    @Test
    void times_are_found_wherever_they_are_and_nothing_else_is_touched() {
        ObjectNode pod = json("{'spec':{'containers':[{'name':'c'}]},"
                + "'status':{'conditions':[{'type':'Ready','lastTransitionTime':'t'}],"
                + "'containerStatuses':[{'name':'c','state':{'running':{}}}]}}");
        nulls.fill(ResourceCatalog.PODS, pod);
        assertThat(pod)
                .isEqualTo(json("{'spec':{'containers':[{'name':'c'}]},"
                        + "'status':{'conditions':[{'type':'Ready','lastTransitionTime':'t','lastProbeTime':null}],"
                        + "'containerStatuses':[{'name':'c','state':{'running':{'startedAt':null}}}]}}"));

        ObjectNode map = json("{'data':{'k':'v'}}");
        nulls.fill(ResourceCatalog.CONFIG_MAPS, map);
        assertThat(map).isEqualTo(json("{'data':{'k':'v'}}"));
    }
}
