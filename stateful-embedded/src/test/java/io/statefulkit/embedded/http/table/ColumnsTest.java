package io.statefulkit.embedded.http.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recordings do not show: cells of other kinds, and of states that no scenario reached. */
class ColumnsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "services|External-IP|{'spec':{'type':'LoadBalancer'}}|<pending>",
                "services|External-IP|{'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}|1.2.3.4",
                "services|External-IP|{'spec':{'type':'ClusterIP','externalIPs':['5.6.7.8','9.9.9.9']}}|5.6.7.8,9.9.9.9",
                "services|External-IP|{'spec':{'type':'ExternalName','externalName':'a.example'}}|a.example",
                "endpoints|Endpoints|{'subsets':[{'addresses':[{'ip':'1.1.1.1'},{'ip':'2.2.2.2'}],'ports':[{'port':1},{'port':2}]}]}|1.1.1.1:1,2.2.2.2:1,1.1.1.1:2"
                        + " + 1 more...",
                "endpoints|Endpoints|{'subsets':[{'notReadyAddresses':[{'ip':'1.1.1.1'}],'ports':[{'port':1}]}]}|~~",
                "endpoints|Endpoints|{}|<none>",
                "pods|Readiness"
                        + " Gates|{'spec':{'readinessGates':[{'conditionType':'a'},{'conditionType':'b'}]},'status':{'conditions':[{'type':'b','status':'True'}]}}|1/2",
                "pods|Status|{'status':{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]}}|SchedulingGated",
                "pods|Status|{'spec':{'initContainers':[{'name':'i'}]},'status':{'phase':'Pending'}}|Pending",
                "pods|Status|{'spec':{'initContainers':[{'name':'i'}]},'status':{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'PodInitializing'}}}]}}|Init:0/1",
                "pods|Restarts|{'spec':{'initContainers':[{'name':'i'}]},'status':{'initContainerStatuses':[{'name':'i','restartCount':2,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}}|2",
                "pods|Restarts|{'spec':{'initContainers':[{'name':'i'},{'name':'s','restartPolicy':'Always'}]},'status':{'initContainerStatuses':[{'name':'i','restartCount':2,'state':{'terminated':{'exitCode':0}}},{'name':'s','restartCount':1,'started':true,'state':{'running':{}}}],'containerStatuses':[{'name':'c','restartCount':3}]}}|4",
                "pods|Status|{'spec':{'initContainers':[{'name':'s','restartPolicy':'Always'}]},'status':{'phase':'Running','conditions':[{'type':'Initialized','status':'True'}],'initContainerStatuses':[{'name':'s','state':{'waiting':{'reason':'CrashLoopBackOff'}}}],'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'ErrImagePull'}}}]}}|ErrImagePull",
                "priorityclasses|Global-Default|{'value':5}|false",
                "limitranges|Created At|{'metadata':{'creationTimestamp':'2026-01-02T03:04:05Z'}}|2026-01-02T03:04:05Z"
            })
    void cells(String plural, String column, String object, String expected) {
        ResourceType type = new ResourceCatalog()
                .types().stream()
                        .filter(each -> each.plural().equals(plural))
                        .findFirst()
                        .orElseThrow();
        List<Column> found = Columns.of(type).stream()
                .filter(each -> each.name().equals(column))
                .toList();

        Object cell = found.get(0).cell().apply(new Cells(ApiTests.json(object), Instant.EPOCH));

        assertThat(cell).hasToString(expected);
    }
}
