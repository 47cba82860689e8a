package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {

    private static final List<String> ALL = List.of("         0          0 4294967295");
    private static final List<String> ROOT_ALONE = List.of("         0       1000          1");
    private static final List<String> ROOT_AND_SUBORDINATE =
            List.of("         0       1000          1", "         1     100000      65536");

    @Test
    void another_system_than_linux_is_refused_with_the_ways_out() {
        assertThat(new Platform("Mac OS X", false, List.of()).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("\"Mac OS X\"", "k3s"));
    }

    @Test
    void root_needs_another_user_for_servers() {
        assertThat(new Platform("Linux", true, ROOT_ALONE).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("has no uid", "another user than root"));
        assertThat(new Platform("Linux", true, ROOT_AND_SUBORDINATE).obstacle()).isEmpty();
        assertThat(new Platform("Linux", true, ALL).obstacle()).isEmpty();
        assertThat(new Platform("Linux", true, List.of()).obstacle()).isEmpty();
    }

    @Test
    void who_is_not_root_needs_nobody_else() {
        assertThat(new Platform("Linux", false, ROOT_ALONE).obstacle()).isEmpty();
    }
}
