package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void equal_texts_have_no_difference() {
        assertThat(LineDiff.of("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void a_new_text_is_all_new() {
        assertThat(LineDiff.of("", "a\nb\n")).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
    }

    @Test
    void a_change_is_shown_with_three_lines_around_it() {
        assertThat(LineDiff.of(numbers(20), numbers(20).replace("10\n", "ten\nand more\n")))
                .isEqualTo("""
                    @@ -7,7 +7,8 @@
                     7
                     8
                     9
                    -10
                    +ten
                    +and more
                     11
                     12
                     13
                    """);
    }

    @Test
    void changes_close_together_share_a_hunk_and_others_do_not() {
        String changed = numbers(40)
                .replace("5\n6\n", "5\n")
                .replace("\n11\n", "\neleven\n")
                .replace("30\n", "");

        String diff = LineDiff.of(numbers(40), changed);

        assertThat(diff.lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -3,12 +3,11 @@", "@@ -27,7 +26,6 @@");
        assertThat(diff.lines().filter(line -> line.startsWith("-"))).containsExactly("-6", "-11", "-30");
        assertThat(diff.lines().filter(line -> line.startsWith("+"))).containsExactly("+eleven");
    }

    @Test
    void a_line_that_is_there_once_more_is_the_only_new_one() {
        assertThat(LineDiff.of("a\na\nb\n", "a\na\na\nb\n")).isEqualTo("""
                @@ -1,3 +1,4 @@
                 a
                 a
                +a
                 b
                """);
        assertThat(LineDiff.of("a\na\n", "a\n")).isEqualTo("@@ -1,2 +1,1 @@\n a\n-a\n");
    }

    @Test
    void a_small_change_of_a_text_that_fills_a_config_map_needs_little_memory() {
        String before = numbers(100_000);

        assertThat(LineDiff.of(before, before.replace("\n50000\n", "\nfifty thousand\n")))
                .startsWith("@@ -49997,7 +49997,7 @@\n")
                .contains("-50000\n+fifty thousand\n");
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> n + "\n").collect(Collectors.joining());
    }
}
