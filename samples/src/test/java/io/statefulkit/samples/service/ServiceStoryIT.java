package io.statefulkit.samples.service;

import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.junit.EnabledIfProvider;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Audience;
import io.statefulkit.samples.stage.Stage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The image of the service is a class of this project, which only an embedded cluster can run. */
@StatefulCluster(provider = ProviderKind.EMBEDDED, images = ServiceStoryIT.Images.class)
@EnabledIfProvider(ProviderKind.EMBEDDED)
class ServiceStoryIT {

    /** A service of one's own beside the standard images. */
    static final class Images implements Supplier<ImageCatalog> {

        @Override
        public ImageCatalog get() {
            return ImageCatalog.standard().withJava(ServiceStory.NAME, VisitService.class);
        }
    }

    @Test
    void everything_in_the_story_holds(StatefulKit kit, StatefulCluster.Info info) throws Exception {
        Audience audience = new Audience();
        new ServiceStory().tell(Stage.on(kit, audience));

        audience.heardAllOf("service", info.provider());
    }
}
