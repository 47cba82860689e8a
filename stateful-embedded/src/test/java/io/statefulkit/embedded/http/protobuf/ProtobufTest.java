package io.statefulkit.embedded.http.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Meta.Time;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1.ConfigMap;
import io.kubernetes.client.proto.V1.Container;
import io.kubernetes.client.proto.V1.Namespace;
import io.kubernetes.client.proto.V1.Pod;
import io.kubernetes.client.proto.V1.PodSpec;
import io.kubernetes.client.proto.V1.Probe;
import io.kubernetes.client.proto.V1.ProbeHandler;
import io.kubernetes.client.proto.V1.ResourceRequirements;
import io.kubernetes.client.proto.V1.Secret;
import io.kubernetes.client.proto.V1.TCPSocketAction;
import io.kubernetes.client.proto.V1Policy.Eviction;
import io.statefulkit.embedded.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProtobufTest {

    private final Protobuf protobuf = new Protobuf();

    @Test
    void maps_bytes_and_times_are_read() {
        ConfigMap map = ConfigMap.newBuilder()
                .setMetadata(ObjectMeta.newBuilder()
                        .setName("m")
                        .putLabels("a", "b")
                        .setCreationTimestamp(Time.newBuilder().setSeconds(1_700_000_000)))
                .putData("k", "v")
                .putData("empty", "")
                .putBinaryData("bytes", ByteString.copyFrom(new byte[] {1, 2, 3}))
                .setImmutable(true)
                .build();

        assertThat(read("v1", "ConfigMap", map)).satisfies(same("""
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "m", "labels": {"a": "b"}, "creationTimestamp": "2023-11-14T22:13:20Z"},
             "data": {"k": "v", "empty": ""}, "binaryData": {"bytes": "AQID"}, "immutable": true}\
            """));
    }

    @Test
    void what_is_inlined_in_json_is_a_message_of_its_own_here() {
        Probe probe = Probe.newBuilder()
                .setHandler(ProbeHandler.newBuilder()
                        .setTcpSocket(TCPSocketAction.newBuilder()
                                .setPort(IntOrString.newBuilder().setType(1).setStrVal("pg"))))
                .setPeriodSeconds(3)
                .build();
        Container container = Container.newBuilder()
                .setName("c")
                .addCommand("a")
                .addCommand("b")
                .setReadinessProbe(probe)
                .setResources(ResourceRequirements.newBuilder()
                        .putLimits(
                                "cpu", Quantity.newBuilder().setString("100m").build()))
                .build();
        Pod pod = Pod.newBuilder()
                .setSpec(PodSpec.newBuilder().addContainers(container).setTerminationGracePeriodSeconds(5))
                .build();

        assertThat(read("v1", "Pod", pod).path("spec")).satisfies(same("""
            {"containers": [{"name": "c", "command": ["a", "b"],
              "readinessProbe": {"tcpSocket": {"port": "pg"}, "periodSeconds": 3},
              "resources": {"limits": {"cpu": "100m"}}}],
             "terminationGracePeriodSeconds": 5}\
            """));
    }

    @Test
    void evictions_and_what_kubectl_creates_are_read() {
        assertThat(read("policy/v1", "Eviction", Eviction.getDefaultInstance())
                        .path("kind")
                        .asText())
                .isEqualTo("Eviction");
        assertThat(read("v1", "Namespace", Namespace.getDefaultInstance())
                        .path("apiVersion")
                        .asText())
                .isEqualTo("v1");
        Secret secret = Secret.newBuilder()
                .putData("p", ByteString.copyFromUtf8("s3cr3t"))
                .setType("Opaque")
                .build();
        assertThat(read("v1", "Secret", secret).path("data").path("p").asText()).isEqualTo("czNjcjN0");
    }

    @Test
    void a_kind_without_a_binary_form_is_not_read() {
        byte[] body = envelope("example.org/v1", "Widget", ByteString.EMPTY);

        assertThat(protobuf.read(body)).isEmpty();
    }

    @Test
    void broken_messages_are_refused_and_never_anything_else() {
        assertThatThrownBy(() -> protobuf.read("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        Pod pod = Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("p").putLabels("a", "b"))
                .setSpec(PodSpec.newBuilder()
                        .addContainers(Container.newBuilder().setName("c")))
                .build();
        byte[] right = envelope("v1", "Pod", pod.toByteString());
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] wrong = right.clone();
            for (int i = 0; i <= round % 4; i++) {
                wrong[4 + random.nextInt(wrong.length - 4)] = (byte) random.nextInt();
            }
            try {
                protobuf.read(wrong);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching(".+");
            }
        }
    }

    // The width of a number is no part of JSON.
    private static Consumer<Iterable<? extends JsonNode>> same(String json) {
        return value -> assertThat(Json.same((JsonNode) value, Json.parse(json)))
                .as("%s", value)
                .isTrue();
    }

    private ObjectNode read(String apiVersion, String kind, Message message) {
        return protobuf.read(envelope(apiVersion, kind, message.toByteString())).orElseThrow();
    }

    private static byte[] envelope(String apiVersion, String kind, ByteString raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'k', '8', 's', 0});
        bytes.writeBytes(Unknown.newBuilder()
                .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(raw)
                .build()
                .toByteArray());
        return bytes.toByteArray();
    }
}
