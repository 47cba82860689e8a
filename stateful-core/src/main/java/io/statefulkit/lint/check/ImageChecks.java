package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Images;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import io.statefulkit.spec.pod.Image;
import java.util.regex.Pattern;

/** Which image runs, and whether it is the same one tomorrow. */
final class ImageChecks {

    private static final Pattern POSTGRES_PIN = Pattern.compile("[0-9]+\\.[0-9]+.*-(alpine3|[a-z]).*");
    private static final Pattern THREE_NUMBERS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    private static final Pattern REDIS_PIN = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+.*-[a-z].*");

    private ImageChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.pods()
                .forEach(pods -> pods.containers()
                        .forEach(container -> Images.parse(container.getImage())
                                .ifPresent(image -> image(pods, container, image, findings))));
        manifest.servers().stream()
                .filter(server -> server.engine() == EngineKind.POSTGRES)
                .forEach(server -> clients(manifest, server, findings));
    }

    private static void image(Pods pods, Container container, Image image, Findings findings) {
        if (image.digest().isPresent()) {
            return;
        }
        if (image.tag().isEmpty() || image.tag().get().equals("latest")) {
            findings.add(Rule.IMG01, pods.path(container), image);
            return;
        }
        EngineKind.of(image).ifPresent(engine -> {
            if (endOfLife(engine, image)) {
                findings.add(Rule.IMG02, pods.path(container), image);
            } else if (!pinned(engine, image)) {
                findings.add(Rule.IMG03, pods.path(container), image);
            }
        });
    }

    private static boolean endOfLife(EngineKind engine, Image image) {
        int major = image.major().orElse(Integer.MAX_VALUE);
        return switch (engine) {
            case POSTGRES -> major < 14;
            case MYSQL ->
                image.shortName().contains("mariadb")
                        ? major < 10 || (major == 10 && image.minor().orElse(99) < 6)
                        : major < 8;
            case REDIS -> image.shortName().equals("redis") && major < 6;
        };
    }

    private static boolean pinned(EngineKind engine, Image image) {
        String tag = image.tag().orElse("");
        return switch (engine) {
            case POSTGRES -> POSTGRES_PIN.matcher(tag).matches();
            case MYSQL -> THREE_NUMBERS.matcher(tag).matches();
            case REDIS -> REDIS_PIN.matcher(tag).matches();
        };
    }

    private static void clients(Manifest manifest, Server server, Findings findings) {
        for (Pods pods : manifest.pods()) {
            for (Container container : pods.containers()) {
                Images.parse(container.getImage())
                        .filter(image -> EngineKind.of(image)
                                .filter(EngineKind.POSTGRES::equals)
                                .isPresent())
                        .filter(image -> image.major().orElse(server.major()) < server.major())
                        .filter(image -> BackupScript.dumps(manifest.script(pods, container)))
                        .ifPresent(image -> findings.add(
                                Rule.IMG06, pods.path(container), image.major().orElse(0), server.major()));
            }
        }
    }
}
