package io.statefulkit.embedded.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.kubernetes.client.Attach;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Yaml;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The official Java client, through the kubeconfig that the cluster writes. */
@Timeout(90)
class OfficialClientIT {

    private static final String SPACE = "official";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** It repeats each line that it is sent, and ends on {@code exit}. */
    private static final String ECHO = """
        apiVersion: v1
        kind: Pod
        metadata: {name: echo}
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: busybox:1.37
            stdin: true
            command: [sh, -c, "echo begun; while read line; do [ $line = exit ] && exit 0; echo got $line; done"]
        """;

    private static ApiClient client;
    private static CoreV1Api core;

    @BeforeAll
    static void start() throws Exception {
        EmbeddedCluster cluster = ClientCluster.get();
        try (Reader file = Files.newBufferedReader(cluster.kubeconfig())) {
            client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(file)).build();
        }
        core = new CoreV1Api(client);
        cluster.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SPACE)
                        .endMetadata()
                        .build())
                .create();
        core.createNamespacedPod(SPACE, Yaml.loadAs(ECHO, V1Pod.class)).execute();
        await().atMost(LIMIT)
                .until(() -> "Running"
                        .equals(core.readNamespacedPod("echo", SPACE)
                                .execute()
                                .getStatus()
                                .getPhase()));
    }

    @Test
    void objects_are_created_read_patched_in_four_ways_listed_and_deleted() throws ApiException {
        V1ConfigMap created =
                core.createNamespacedConfigMap(SPACE, map("crud", "1")).execute();
        assertThat(created.getMetadata().getUid()).isNotEmpty();
        assertThat(core.readNamespacedConfigMap("crud", SPACE).execute()).isEqualTo(created);

        patch("crud", V1Patch.PATCH_FORMAT_JSON_PATCH, "[{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"2\"}]");
        patch("crud", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"merged\":\"m\"}}");
        patch(
                "crud",
                V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
                "{\"metadata\":{\"finalizers\":[\"example.com/a\"],\"labels\":{\"in\":\"list\"}}}");
        patch("crud", V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"metadata\":{\"finalizers\":null}}");
        V1ConfigMap applied = patch(
                "crud",
                V1Patch.PATCH_FORMAT_APPLY_YAML,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"crud\"},\"data\":{\"own\":\"o\"}}");
        assertThat(applied.getData()).isEqualTo(Map.of("k", "2", "merged", "m", "own", "o"));
        // This client reads no managed fields.
        assertThat(ClientCluster.get()
                        .client()
                        .configMaps()
                        .inNamespace(SPACE)
                        .withName("crud")
                        .get()
                        .getMetadata()
                        .getManagedFields())
                .extracting(each -> each.getManager() + " " + each.getOperation())
                .contains("it Apply", "it Update");

        assertThat(core.listNamespacedConfigMap(SPACE)
                        .labelSelector("in=list")
                        .limit(5)
                        .execute()
                        .getItems())
                .extracting(V1ConfigMap::getMetadata)
                .containsExactly(applied.getMetadata());
        assertThat(core.deleteNamespacedConfigMap("crud", SPACE).execute().getStatus())
                .isEqualTo("Success");
    }

    @Test
    void refusals_are_api_exceptions_with_a_status() throws ApiException {
        V1ConfigMap taken =
                core.createNamespacedConfigMap(SPACE, map("taken", "1")).execute();
        refused(
                404,
                "NotFound",
                "configmaps \"none\" not found",
                () -> core.readNamespacedConfigMap("none", SPACE).execute());
        refused(
                409,
                "AlreadyExists",
                "configmaps \"taken\" already exists",
                () -> core.createNamespacedConfigMap(SPACE, map("taken", "1")).execute());
        core.replaceNamespacedConfigMap("taken", SPACE, taken.data(Map.of("k", "2")))
                .execute();
        refused(
                409,
                "Conflict",
                "Operation cannot be fulfilled on configmaps \"taken\": the object has been modified",
                () -> core.replaceNamespacedConfigMap("taken", SPACE, taken.data(Map.of("k", "3")))
                        .execute());
        refused(
                422,
                "Invalid",
                "ConfigMap \"Bad_Name\" is invalid: metadata.name",
                () -> core.createNamespacedConfigMap(SPACE, map("Bad_Name", "1"))
                        .execute());
    }

    @Test
    void a_typed_watch_tells_what_happens_to_an_object() throws Exception {
        String revision =
                core.listNamespacedConfigMap(SPACE).execute().getMetadata().getResourceVersion();
        try (Watch<V1ConfigMap> watch = Watch.createWatch(
                client,
                core.listNamespacedConfigMap(SPACE)
                        .fieldSelector("metadata.name=watched")
                        .resourceVersion(revision)
                        .watch(true)
                        .buildCall(null),
                new com.google.gson.reflect.TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
            core.createNamespacedConfigMap(SPACE, map("watched", "1")).execute();
            patch("watched", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"k\":\"2\"}}");
            core.deleteNamespacedConfigMap("watched", SPACE).execute();
            for (String expected : List.of("ADDED 1", "MODIFIED 2", "DELETED 2")) {
                Watch.Response<V1ConfigMap> event = watch.next();
                assertThat(event.type + " " + event.object.getData().get("k")).isEqualTo(expected);
            }
        }
    }

    @Test
    void an_informer_follows_the_objects() throws ApiException {
        core.createNamespacedConfigMap(SPACE, map("informed-before", "1").metadata(labelled("informed-before")))
                .execute();
        SharedInformerFactory informers = new SharedInformerFactory(client);
        try {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            SharedIndexInformer<V1ConfigMap> informer = informers.sharedIndexInformerFor(
                    parameters -> core.listNamespacedConfigMap(SPACE)
                            .labelSelector("informed=yes")
                            .resourceVersion(parameters.resourceVersion)
                            .timeoutSeconds(parameters.timeoutSeconds)
                            .watch(parameters.watch)
                            .buildCall(null),
                    V1ConfigMap.class,
                    V1ConfigMapList.class);
            informer.addEventHandler(recordingIn(seen));
            informers.startAllRegisteredInformers();
            await().atMost(LIMIT).until(informer::hasSynced);
            core.createNamespacedConfigMap(SPACE, map("informed-after", "1").metadata(labelled("informed-after")))
                    .execute();
            patch("informed-after", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"k\":\"2\"}}");
            core.deleteNamespacedConfigMap("informed-after", SPACE).execute();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(seen)
                            .containsExactly(
                                    "+informed-before 1",
                                    "+informed-after 1",
                                    "~informed-after 2",
                                    "-informed-after 2"));
            assertThat(informer.getIndexer().listKeys()).containsExactly(SPACE + "/informed-before");
        } finally {
            informers.stopAllRegisteredInformers();
        }
    }

    @Test
    void a_command_gets_its_input_and_gives_its_output_and_exit_code() throws Exception {
        Process process = new Exec(client)
                .exec(
                        SPACE,
                        "echo",
                        new String[] {"sh", "-c", "read a; echo out $a; echo err >&2; exit 7"},
                        true,
                        false);
        // This client forgets a stream that nobody asked for before the command ended.
        InputStream output = process.getInputStream();
        InputStream errors = process.getErrorStream();
        try (OutputStream input = process.getOutputStream()) {
            input.write("typed\n".getBytes(UTF_8));
            input.flush();
            assertThat(text(output)).isEqualTo("out typed\n");
            assertThat(text(errors)).isEqualTo("err\n");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
    }

    @Test
    void logs_are_read_and_followed_and_a_process_is_attached_to() throws Exception {
        core.createNamespacedPod(SPACE, Yaml.loadAs(ECHO.replace("name: echo", "name: followed"), V1Pod.class))
                .execute();
        await().atMost(LIMIT)
                .until(() -> "Running"
                        .equals(core.readNamespacedPod("followed", SPACE)
                                .execute()
                                .getStatus()
                                .getPhase()));
        InputStream log = new PodLogs(client).streamNamespacedPodLog(SPACE, "followed", "main");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(log, UTF_8));
                // Attach.attach(...) asks for no output: only its builder does.
                Attach.AttachResult attached = new Attach(client)
                        .newConnectionBuilder(SPACE, "followed")
                        .setStdin(true)
                        .setStdout(true)
                        .connect()) {
            assertThat(lines.readLine()).isEqualTo("begun");
            OutputStream input = attached.getStandardInputStream();
            input.write("hello\n".getBytes(UTF_8));
            input.flush();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(attached.getStandardOutputStream(), UTF_8));
            assertThat(output.readLine()).isEqualTo("got hello");
            assertThat(lines.readLine()).isEqualTo("got hello");
            input.write("exit\n".getBytes(UTF_8));
            input.flush();
            assertThat(output.readLine()).isNull();
            assertThat(lines.readLine()).isNull();
        }
        assertThat(core.readNamespacedPodLog("followed", SPACE).tailLines(1).execute())
                .isEqualTo("got hello\n");
    }

    @Test
    void a_port_is_forwarded() throws Exception {
        String address =
                core.readNamespacedPod("echo", SPACE).execute().getStatus().getPodIP();
        try (EchoPort server = new EchoPort(address, 7000)) {
            assertThat(server.isOpen()).isTrue();
            try (PortForward.PortForwardResult forward =
                    new PortForward(client).forward(SPACE, "echo", List.of(7000))) {
                OutputStream out = forward.getOutboundStream(7000);
                out.write("sent".getBytes(UTF_8));
                out.flush();
                assertThat(new String(forward.getInputStream(7000).readNBytes(4), UTF_8))
                        .isEqualTo("sent");
            }
        }
    }

    @Test
    void the_generic_client_answers_with_a_status() {
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> maps =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        assertThat(maps.create(map("generic", "1")).isSuccess()).isTrue();
        assertThat(maps.create(map("generic", "1")).getStatus().getReason()).isEqualTo("AlreadyExists");
        assertThat(maps.delete(SPACE, "generic").isSuccess()).isTrue();
        assertThat(maps.get(SPACE, "generic").getHttpStatusCode()).isEqualTo(404);
    }

    private static void refused(int code, String reason, String message, Call call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal.getCode()).isEqualTo(code);
        var status = Json.parse(refusal.getResponseBody());
        assertThat(status.path("reason").asText()).isEqualTo(reason);
        assertThat(status.path("message").asText()).startsWith(message);
    }

    private static V1ConfigMap patch(String name, String format, String body) throws ApiException {
        return PatchUtils.patch(
                V1ConfigMap.class,
                () -> core.patchNamespacedConfigMap(name, SPACE, new V1Patch(body))
                        .fieldManager("it")
                        .buildCall(null),
                format,
                client);
    }

    private static ResourceEventHandler<V1ConfigMap> recordingIn(Queue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap map) {
                seen.add("+" + told(map));
            }

            @Override
            public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
                seen.add("~" + told(after));
            }

            @Override
            public void onDelete(V1ConfigMap map, boolean unknown) {
                seen.add("-" + told(map));
            }
        };
    }

    private static String told(V1ConfigMap map) {
        return map.getMetadata().getName() + " " + map.getData().get("k");
    }

    private static V1ConfigMap map(String name, String value) {
        return new V1ConfigMap()
                .metadata(new V1ObjectMeta().name(name).namespace(SPACE))
                .data(Map.of("k", value));
    }

    private static V1ObjectMeta labelled(String name) {
        return new V1ObjectMeta().name(name).labels(Map.of("informed", "yes"));
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), UTF_8);
    }

    /** A call that may be refused. */
    private interface Call {
        void run() throws ApiException;
    }
}
