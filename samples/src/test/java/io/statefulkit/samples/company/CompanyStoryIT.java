package io.statefulkit.samples.company;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.evictPod;
import static io.statefulkit.survival.disruption.Disruptions.scale;

import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.samples.stage.Audience;
import io.statefulkit.samples.stage.Stage;
import org.junit.jupiter.api.Test;

@StatefulCluster
class CompanyStoryIT {

    /** One test, since what the story has deployed is what survives. */
    @Test
    void everything_in_the_story_holds_and_the_company_survives_what_its_administrator_does(
            StatefulKit kit, StatefulCluster.Info info) throws Exception {
        Audience audience = new Audience();
        new CompanyStory().tell(Stage.on(kit, audience));
        audience.heardAllOf("company", info.provider());

        PostgresHandle company = kit.attach("company");
        assertThat(company).survives(evictPod(), scale(1, 0, 1));
    }
}
