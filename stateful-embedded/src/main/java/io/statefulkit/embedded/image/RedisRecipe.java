package io.statefulkit.embedded.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code redis} and {@code valkey} over an installed server. */
final class RedisRecipe implements ImageRecipe {

    @Override
    public Image resolve(ImageName name) throws ImageUnavailableException {
        String server = name.simpleName() + "-server";
        if (Programs.find(server).isEmpty()) {
            throw new ImageUnavailableException("image \"" + name.text() + "\" needs the program " + server
                    + ", which is not installed. Install it, or use a k3s cluster, which pulls images");
        }
        Path scripts = SupportFiles.directory("redis", "redis-entrypoint.sh", "docker-entrypoint.sh");
        return Image.of(name.text(), List.of("docker-entrypoint.sh"), List.of(server), List.of(scripts))
                .asRoot()
                .withEnvironment(Map.of("STATEFULKIT_SERVER", server))
                .withPrivatePaths("/data")
                .withWorkingDirectory("/data");
    }
}
