package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.survival.history.Element;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private final Payload payload = new Payload(7, 64, 16_384);

    @Test
    void content_can_be_derived_again_and_differs_between_rows() {
        assertThat(payload.of(new Element(1, 2))).isEqualTo(new Payload(7, 64, 16_384).of(new Element(1, 2)));
        assertThat(IntStream.rangeClosed(1, 500).mapToObj(seq -> payload.of(new Element(seq % 8, seq))))
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text.length()).isBetween(64, 16_384));
    }

    @Test
    void sizes_cross_a_page_and_stay_small_as_well() {
        assertThat(IntStream.rangeClosed(1, 500)
                        .map(seq -> payload.of(new Element(0, seq)).length()))
                .anyMatch(size -> size < 200)
                .anyMatch(size -> size > 8192);
    }

    @Test
    void another_seed_makes_other_content() {
        assertThat(payload.digest(new Element(0, 1)))
                .isNotEqualTo(new Payload(8, 64, 16_384).digest(new Element(0, 1)));
    }

    @Test
    void sizes_are_checked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Payload(7, 10, 9))
                .withMessage("expected 1 <= min <= max, got 10 and 9");
    }
}
