package io.statefulkit.survival.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "w0#1", "w0#1..416,418 w1#7", "w0#1..2,2,2..3 w12#2147483647"})
    void what_is_printed_can_be_read_back(String text) {
        assertThat(Elements.parse(text)).hasToString(text);
    }

    @Test
    void elements_are_put_in_order_and_repetitions_kept() {
        Elements elements = Elements.of(new Element(1, 7), new Element(0, 2), new Element(0, 1), new Element(0, 2));

        assertThat(elements).hasToString("w0#1..2,2 w1#7").isEqualTo(Elements.parse("w0#1..2,2 w1#7"));
        assertThat(elements.size()).isEqualTo(4);
    }

    @Test
    void long_lists_are_cut() {
        assertThat(Elements.parse("w0#1,3,5,7..9").brief(2)).isEqualTo("w0#1,3 … 6 in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0#1", "w0", "w0#", "w0#x", "w0#0", "w0#1..", "v0#1"})
    void other_text_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Elements.parse(text));
    }

    @Test
    void an_element_is_read_back() {
        assertThat(Element.parse("w2#417")).isEqualTo(new Element(2, 417));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Element.parse("417"))
                .withMessage("expected an element like w2#417, got '417'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        attempted         | seen                   | shown       | strangers  | repeated
        w0#1..3,5 w1#1,2  | w0#2 w1#2,7            | 1,5         | w1#7       |
        w0#1..3,5 w1#1,2  | w0#1..5 w1#1,2         | 0,1,2,3,4,5 | w0#4       |
        w0#1..3           | w0#1,1,2,3,3,3         | 0,1,2       |            | w0#1,3
        w0#1              | w0#2,2 w1#1            |             | w0#2 w1#1  | w0#2
        w0#1..3           |                        |             |            |
                          | w0#1                   |             | w0#1       |
        w0#1,1,2          | w0#1..2                | 0,1,2       |            |
        w0#1,1,2          | w0#1,1,2               | 0,1,2       |            |
        w0#1,1            | w0#1,1,1               | 0,1         |            | w0#1
        w3#1..4           | w0#1 w3#2..4 w9#9      | 1,2,3       | w0#1 w9#9  |
        """, useHeadersInDisplayName = true, emptyValue = "")
    void what_was_seen_is_compared_with_what_was_attempted(
            String attempted, String seen, String shown, String strangers, String repeated) {
        Elements.Comparison comparison = parse(attempted).compare(parse(seen));

        assertThat(comparison.shown().stream().mapToObj(String::valueOf).collect(Collectors.joining(",")))
                .isEqualTo(shown == null ? "" : shown);
        assertThat(comparison.strangers()).isEqualTo(parse(strangers));
        assertThat(comparison.repeated()).isEqualTo(parse(repeated));
    }

    private static Elements parse(String text) {
        return Elements.parse(text == null ? "" : text);
    }

    @Test
    void elements_are_found_at_their_positions_in_any_order() {
        Elements all = Elements.parse("w0#1..3,5 w1#1,2 w1025#1");
        List<Element> some = List.of(
                new Element(1, 1), new Element(0, 5), new Element(0, 1), new Element(1025, 1), new Element(1, 2));

        assertThat(all.positionsOf(some)).containsExactly(4, 3, 0, 6, 5);
        assertThat(all.at(BitSet.valueOf(new long[] {0b1001}))).hasToString("w0#1,5");
    }
}
