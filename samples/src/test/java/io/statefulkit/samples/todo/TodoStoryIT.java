package io.statefulkit.samples.todo;

import io.statefulkit.StatefulKit;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Audience;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

@StatefulCluster
class TodoStoryIT {

    @Test
    void everything_in_the_story_holds(StatefulKit kit, StatefulCluster.Info info) throws Exception {
        Audience audience = new Audience();
        new TodoStory().tell(Stage.on(kit, audience));

        audience.heardAllOf("todo", info.provider());
    }
}
