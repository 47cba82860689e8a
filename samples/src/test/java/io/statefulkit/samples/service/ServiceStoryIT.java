package io.statefulkit.samples.service;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

class ServiceStoryIT {

    @Test
    void everything_in_the_story_holds() throws Exception {
        ImageCatalog images = ImageCatalog.standard().withJava(ServiceStory.IMAGE, VisitService.class);
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withImages(images))) {
            StatefulKit kit = StatefulKit.on(cluster.client()).inNamespace("default");
            new ServiceStory().tell(new Stage(kit, line -> {}));
        }
    }
}
