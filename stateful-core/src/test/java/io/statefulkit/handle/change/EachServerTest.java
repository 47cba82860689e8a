package io.statefulkit.handle.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EachServerTest {

    /** The passwords that the servers really have; each takes a change only from who knows its own one. */
    private final List<String> passwords = new ArrayList<>(List.of("old", "old", "old"));

    private int away = -1;

    private final EachServer each = new EachServer(List.of(0, 1, 2), "old", (ordinal, current, next) -> {
        if (ordinal == away) {
            throw new IllegalStateException("server " + ordinal + " is away");
        }
        if (!passwords.get(ordinal).equals(current)) {
            throw new IllegalStateException("server " + ordinal + " refuses " + current);
        }
        passwords.set(ordinal, next);
    });

    @Test
    void all_servers_get_the_new_password_and_can_get_the_old_one_back() {
        each.accept("new");
        assertThat(passwords).containsOnly("new");

        each.accept("old");
        assertThat(passwords).containsOnly("old");
    }

    @Test
    void those_that_have_the_new_one_already_when_another_fails_get_the_old_one_back() {
        away = 2;
        assertThatThrownBy(() -> each.accept("new")).hasMessage("server 2 is away");
        assertThat(passwords).containsExactly("new", "new", "old");
        away = -1;

        each.accept("old");

        assertThat(passwords).containsOnly("old");
    }

    @Test
    void a_workload_without_pods_is_refused_before_anything_changes() {
        assertThatThrownBy(() -> new EachServer(List.of(), "old", (ordinal, current, next) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the workload has no pods: start it with wake() or scale(1) first");
    }
}
