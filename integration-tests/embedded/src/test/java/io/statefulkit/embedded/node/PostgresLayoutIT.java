package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.embedded.node.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the image keeps its data from version 18 on; the server's programs are stand-ins that tell how they are called. */
class PostgresLayoutIT {

    private static RunningNode node;
    private static Path programs;

    @BeforeAll
    static void start() throws IOException {
        programs = Files.createTempDirectory(Path.of("/tmp"), "pg-");
        Path bin = Files.createDirectories(programs.resolve("18/bin"));
        program(bin, "initdb", "while [ \"$1\" != -D ]; do shift; done; echo 18 > \"$2/PG_VERSION\"");
        program(
                bin,
                "postgres",
                "case \"$1\" in --single) cat > /dev/null ;; -C) echo scram-sha-256 ;; *) echo serves $PGDATA ;; esac");
        for (Path path : new Path[] {programs, programs.resolve("18"), bin}) {
            Workspace.allow(path, "rwxr-xr-x");
        }
        node = new RunningNode(
                NodeOptions.named("node").withImages(ImageCatalog.standard().withPostgres(programs.resolve("18"))));
    }

    @AfterAll
    static void stop() {
        node.close();
        Workspace.delete(programs);
    }

    @Test
    void a_volume_above_the_versions_holds_the_data() throws IOException {
        Path volume = volume("above");
        node.create("above", pod(volume, "/var/lib/postgresql"));

        node.awaitPod("above", status -> status.path("phase").asText().equals("Succeeded"));

        assertThat(volume.resolve("18/docker/PG_VERSION")).hasContent("18");
        assertThat(node.logs("above", false)).contains("serves " + volume.resolve("18/docker"));
    }

    @Test
    void a_volume_where_older_versions_had_theirs_is_refused() throws IOException {
        node.create("older", pod(volume("older"), "/var/lib/postgresql/data"));

        node.awaitPod("older", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("older", false)).contains("in 18+", "/var/lib/postgresql/data");
    }

    private static void program(Path bin, String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Workspace.allow(file, "rwxr-xr-x");
    }

    private static Path volume(String name) throws IOException {
        Path volume = Files.createDirectory(node.agent.directory().resolve("test-volume-" + name));
        Workspace.allow(volume, "rwxrwxrwx");
        return volume;
    }

    private static String pod(Path volume, String mountPath) {
        return "{'restartPolicy':'Never','containers':[{'name':'db','image':'postgres:18',"
                + "'env':[{'name':'POSTGRES_PASSWORD','value':'secret'}],"
                + "'volumeMounts':[{'name':'data','mountPath':'" + mountPath + "'}]}],"
                + "'volumes':[{'name':'data','hostPath':{'path':'" + volume + "'}}]}";
    }
}
