package io.statefulkit.samples.filler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Installed;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

@StatefulCluster
class FillerStoryIT {

    @Test
    void everything_in_the_story_holds(StatefulKit kit, StatefulCluster.Info info) throws Exception {
        assumeTrue(
                info.provider() != ProviderKind.EMBEDDED || Installed.program("redis-server"),
                "redis-server is not installed");
        new FillerStory().tell(new Stage(kit, line -> {}));
    }
}
