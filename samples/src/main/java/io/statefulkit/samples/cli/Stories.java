package io.statefulkit.samples.cli;

import io.statefulkit.samples.bigco.BigCoStory;
import io.statefulkit.samples.company.CompanyStory;
import io.statefulkit.samples.filler.FillerStory;
import io.statefulkit.samples.loss.LossStory;
import io.statefulkit.samples.moving.MovingStory;
import io.statefulkit.samples.service.ServiceStory;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.samples.todo.TodoStory;
import java.util.List;
import java.util.Optional;

/** The stories there are. */
final class Stories {

    static final List<Story> ALL = List.of(
            new TodoStory(),
            new LossStory(),
            new FillerStory(),
            new CompanyStory(),
            new BigCoStory(),
            new MovingStory(),
            new ServiceStory());

    private Stories() {}

    static Optional<Story> named(String name) {
        return ALL.stream().filter(story -> story.name().equals(name)).findFirst();
    }
}
