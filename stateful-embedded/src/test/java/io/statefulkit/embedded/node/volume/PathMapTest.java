package io.statefulkit.embedded.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMapTest {

    private final PathMap map = new PathMap(
            Map.of("/data", Path.of("/w/v/data"), "/data/inner", Path.of("/w/v/inner"), "/tmp", Path.of("/w/r/tmp")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /data                          | /w/v/data
                    /data/                         | /w/v/data/
                    /data/pgdata                   | /w/v/data/pgdata
                    /data/inner/x                  | /w/v/inner/x
                    /data/innermost                | /w/v/data/innermost
                    -D/data/x                      | -D/w/v/data/x
                    --dir=/data                    | --dir=/w/v/data
                    ls '/data' "/tmp"              | ls '/w/v/data' "/w/r/tmp"
                    PATH=/data/bin:/tmp/bin:/usr   | PATH=/w/v/data/bin:/w/r/tmp/bin:/usr
                    echo x >/tmp/f; cat </tmp/f    | echo x >/w/r/tmp/f; cat </w/r/tmp/f
                    see /data.                     | see /w/v/data.
                    http://host/data               | http://host/data
                    /usr/data                      | /usr/data
                    /database                      | /database
                    /data-2                        | /data-2
                    /data.bak                      | /data.bak
                    $HOME/data                     | $HOME/data
                    ${HOME}/data                   | ${HOME}/data
                    ../data                        | ../data
                    """)
    void paths_are_rewritten_at_their_boundaries_only(String text, String rewritten) {
        assertThat(map.rewrite(text)).isEqualTo(rewritten);
    }

    @Test
    void a_path_is_located_by_the_longest_directory_that_holds_it() {
        assertThat(map.locate("/data/inner/f")).contains(Path.of("/w/v/inner/f"));
        assertThat(map.locate("/data/other")).contains(Path.of("/w/v/data/other"));
        assertThat(map.locate("/etc/passwd")).isEmpty();
    }
}
