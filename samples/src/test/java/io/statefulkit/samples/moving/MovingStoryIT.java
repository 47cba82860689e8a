package io.statefulkit.samples.moving;

import io.statefulkit.StatefulKit;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Audience;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

@StatefulCluster
class MovingStoryIT {

    @Test
    void everything_in_the_story_holds(StatefulKit kit, StatefulCluster.Info info) throws Exception {
        Audience audience = new Audience();
        new MovingStory().tell(Stage.on(kit, audience));

        audience.heardAllOf("moving", info.provider());
    }
}
