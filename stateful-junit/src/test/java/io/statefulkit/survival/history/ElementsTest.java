package io.statefulkit.survival.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(elements.repeated()).hasToString("w0#2");
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

    @Test
    void those_that_are_in_both_are_found_at_their_positions() {
        Elements all = Elements.parse("w0#1..3,5 w1#1,2");

        assertThat(Elements.parse("w0#2 w1#2,7").positionsIn(all).stream()).containsExactly(1, 5);
        assertThat(Elements.none().positionsIn(all).isEmpty()).isTrue();
        assertThat(all.positionsIn(Elements.none()).isEmpty()).isTrue();
        assertThat(all.positionOf(new Element(1, 1))).isEqualTo(4);
        assertThat(all.positionOf(new Element(0, 4))).isNegative();
    }

    @Test
    void repeated_elements_are_found_at_each_position() {
        Elements twice = Elements.of(new Element(0, 1), new Element(0, 1), new Element(0, 2));

        assertThat(Elements.parse("w0#1").positionsIn(twice).stream()).containsExactly(0, 1);
        assertThat(twice.without(Elements.parse("w0#1"))).hasToString("w0#2");
    }
}
