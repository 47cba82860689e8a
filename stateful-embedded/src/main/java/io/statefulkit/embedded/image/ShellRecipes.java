package io.statefulkit.embedded.image;

import java.util.List;
import java.util.Map;

/** Images that stand for the machine's own shell and tools. */
final class ShellRecipes {

    private ShellRecipes() {}

    static Image shell(ImageName name) {
        return Image.of(name.text(), List.of(), List.of("sh"), List.of()).asRoot();
    }

    /** A container without a process, for tests of many pods. */
    static Image pause(ImageName name) {
        return new Image(name.text(), List.of(), List.of(), Map.of(), List.of(), List.of(), "/", "TERM", false, false);
    }
}
