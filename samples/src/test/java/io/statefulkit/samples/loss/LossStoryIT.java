package io.statefulkit.samples.loss;

import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;

@StatefulCluster
class LossStoryIT {

    @Test
    void without_a_volume_a_restart_loses_the_table(StatefulKit kit) {
        LossStory.loss(new Stage(kit, line -> {}));
    }

    @Test
    void several_servers_on_one_volume_are_refused_or_kept_out(StatefulKit kit) {
        Stage stage = new Stage(kit, line -> {});
        StatefulPostgres careful = LossStory.byHand(kit.namespace());
        PostgresHandle database = LossStory.survival(stage, careful);
        LossStory.together(stage, database, careful);
    }

    @Test
    void three_servers_with_a_volume_each_are_three_databases(StatefulKit kit) {
        LossStory.three(new Stage(kit, line -> {}));
    }
}
