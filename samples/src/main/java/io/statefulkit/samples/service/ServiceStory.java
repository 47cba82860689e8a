package io.statefulkit.samples.service;

import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.storage.Claim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A Java service of one's own that keeps state on a volume, tested as the image that will run. */
public final class ServiceStory implements Story {

    /** The image without its tag: on the embedded cluster a class of this class path, elsewhere one that you build from it. */
    public static final String NAME = "statefulkit/visits";

    private static final String IMAGE = NAME + ":1.0";

    // tag::spec[]
    static final StatefulWorkload VISITS = StatefulWorkload.named("visits")
            .withImage(IMAGE)
            .withArgs("/var/lib/visits/count", "$(POD_IP)")
            .withPort("http", 8080)
            .withVolumeClaimTemplate(Claim.named("count").size("1Gi"), "/var/lib/visits")
            .withResources(Resources.cpu("100m").memory("256Mi"))
            .withSecurity(SecurityProfile.IMAGE_DEFAULT)
            .customizeContainer(
                    "visits",
                    container -> container
                            .addNewEnv()
                            .withName("POD_IP")
                            .withNewValueFrom()
                            .withNewFieldRef("v1", "status.podIP")
                            .endValueFrom()
                            .endEnv()
                            .withNewReadinessProbe()
                            .withNewHttpGet()
                            .withPath("/visits")
                            .withNewPort(8080)
                            .endHttpGet()
                            .withPeriodSeconds(1)
                            .endReadinessProbe());
    // end::spec[]

    @Override
    public String name() {
        return "service";
    }

    @Override
    public String title() {
        return "a Java service of your own that keeps a count on a volume, run as an image (embedded cluster, or an"
                + " image you built)";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.act("the service runs");
        if (!stage.ground().embedded() && !stage.ground().hasImage(IMAGE)) {
            stage.leaveOut(
                    "no node of this cluster shows the image " + IMAGE
                            + ", and no registry has it: build it and load it into the nodes, as the guide says (14-stories.md)");
            return;
        }
        WorkloadHandle visits = stage.kit().deploy(stage.ground().embedded() ? VISITS : ofTheNode());
        try (Forward forward = visits.forward(8080)) {
            HttpClient client = HttpClient.newHttpClient();
            for (int visit = 1; visit <= 3; visit++) {
                stage.check("visits", String.valueOf(visit), count(client, forward, "POST"));
            }

            stage.act("its pod is deleted");
            visits.deletePod(0).awaitReplacement();
            stage.check("visits that were told before", "3", count(client, forward, "GET"));

            stage.act("its rollout is restarted");
            visits.rolloutRestart().await();
            stage.check("one more", "4", count(client, forward, "POST"));
        }
    }

    /** Never asks a registry: what has this name there is not what was built here. */
    private static StatefulWorkload ofTheNode() {
        return VISITS.customizeContainer("visits", container -> container.withImagePullPolicy("Never"));
    }

    static String count(HttpClient client, Forward forward, String method) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + forward.port() + "/visits");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
