package io.statefulkit.samples.bigco;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Installed;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

@StatefulCluster
class BigCoStoryIT {

    @Test
    void everything_in_the_story_holds(StatefulKit kit, StatefulCluster.Info info) throws Exception {
        assumeTrue(
                info.provider() != ProviderKind.EMBEDDED || Installed.program("mariadbd"), "mariadbd is not installed");
        new BigCoStory().tell(new Stage(kit, line -> {}));
    }
}
