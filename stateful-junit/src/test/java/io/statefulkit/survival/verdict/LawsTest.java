package io.statefulkit.survival.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.verdict.CounterLedger.Addition;
import io.statefulkit.survival.verdict.TransferLedger.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For each law a history that keeps it, and one with a planted fault that must be found, by its name. */
class LawsTest {

    private static Moment at(long index) {
        return new Moment(index, index * 1_000_000);
    }

    private static Attempt attempt(String element, long begun, long ended, Outcome outcome) {
        return new Attempt(Element.parse(element), at(begun), at(ended), outcome, "A", "");
    }

    // Counters: 5 acknowledged, 3 unknown, 7 refused, all before 10; 2 more acknowledged while the read of 10..20 ran.

    @ParameterizedTest
    @CsvSource({
        "5, ''",
        "8, ''",
        "10, ''",
        "7, ''",
        "4, '4, expected at least 5: 1 lost'",
        "0, '0, expected at least 5: 5 lost'",
        "11, '11, expected at most 10: 1 too many'",
        "17, '17, expected at most 10: 7 too many'"
    })
    void a_counter_is_between_what_was_acknowledged_and_what_may_have_been_added(long value, String breach) {
        CounterLedger ledger = new CounterLedger(
                List.of(
                        new Addition(at(0), at(1), Outcome.OK, 5),
                        new Addition(at(2), at(3), Outcome.INFO, 3),
                        new Addition(at(4), at(5), Outcome.FAIL, 7),
                        new Addition(at(11), at(12), Outcome.OK, 2),
                        new Addition(at(21), at(22), Outcome.OK, 100)),
                List.of(new CounterLedger.Read(at(10), at(20), value)));

        assertThat(ledger.check().stream().map(Breach::detail).collect(Collectors.joining()))
                .isEqualTo(breach);
    }

    @Test
    void a_counter_is_only_added_to() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Addition(at(0), at(1), Outcome.OK, -1));
    }

    // Lists: a then b acknowledged; c and d at the same time; e unknown; f refused.

    private static final List<Attempt> APPENDS = List.of(
            attempt("w0#1", 0, 1, Outcome.OK),
            attempt("w0#2", 2, 3, Outcome.OK),
            attempt("w1#3", 4, 7, Outcome.OK),
            attempt("w2#4", 5, 6, Outcome.OK),
            attempt("w3#5", 8, 9, Outcome.INFO),
            attempt("w4#6", 8, 9, Outcome.FAIL));

    private static String laws(List<Breach> breaches) {
        return breaches.stream().map(Breach::law).distinct().map(Law::name).collect(Collectors.joining(" "));
    }

    private static List<Element> elements(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Element::parse).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "w0#1 w0#2 w1#3 w2#4, ''",
        "w0#1 w0#2 w2#4 w1#3, ''",
        "w0#1 w0#2 w2#4 w1#3 w3#5, ''",
        "w0#1 w0#2 w3#5 w2#4 w1#3, ORDER",
        "w0#1 w0#2 w1#3, KEPT",
        "w0#2 w1#3 w2#4, KEPT",
        "'', KEPT",
        "w0#2 w0#1 w1#3 w2#4, ORDER",
        "w1#3 w0#1 w0#2 w2#4, ORDER",
        "w0#1 w0#2 w1#3 w2#4 w1#3, ONCE",
        "w0#1 w0#2 w1#3 w2#4 w4#6, REFUSED",
        "w0#1 w0#2 w1#3 w2#4 w9#9, ATTEMPTED"
    })
    void a_list_shows_what_was_appended_in_the_order_of_acknowledgements(String read, String broken) {
        AppendLedger ledger = new AppendLedger(APPENDS, List.of(new AppendLedger.Read(at(10), at(11), elements(read))));

        assertThat(laws(ledger.check())).isEqualTo(broken);
    }

    @Test
    void a_read_that_runs_while_something_is_appended_may_miss_it() {
        AppendLedger ledger = new AppendLedger(APPENDS, List.of(new AppendLedger.Read(at(1), at(20), elements(""))));

        assertThat(ledger.check()).isEmpty();
    }

    @Test
    void two_reads_that_contradict_each_other_are_found() {
        AppendLedger ledger = new AppendLedger(
                APPENDS,
                List.of(
                        new AppendLedger.Read(at(10), at(12), elements("w0#1 w0#2 w1#3 w2#4")),
                        new AppendLedger.Read(at(11), at(13), elements("w0#1 w0#2 w2#4 w1#3 w3#5"))));

        assertThat(laws(ledger.check())).isEqualTo("PREFIX");
        assertThat(ledger.check().get(0))
                .hasToString("not the beginning of what another read showed: w1#3 at 2, where another read shows w2#4");
    }

    @Test
    void what_was_seen_once_must_not_go_again() {
        AppendLedger ledger = new AppendLedger(
                APPENDS,
                List.of(
                        new AppendLedger.Read(at(10), at(11), elements("w0#1 w0#2 w1#3 w2#4 w3#5")),
                        new AppendLedger.Read(at(12), at(13), elements("w0#1 w0#2 w1#3 w2#4"))));

        assertThat(ledger.check())
                .extracting(Breach::toString)
                .containsExactly("acknowledged or seen before, and missing: w3#5");
    }

    // Accounts: 1 and 2 hold 100 each; 30 was moved from 1 to 2, then 50 from 2 to 1 (unknown), then 60 was refused.

    @ParameterizedTest
    @CsvSource({
        "70, 130, w0#1, ''",
        "120, 80, w0#1 w0#2, ''",
        "100, 100, '', KEPT",
        "120, 80, w0#1, WHOLE",
        "70, 130, w0#1 w0#2, WHOLE",
        "100, 130, w0#1, SUM WHOLE",
        "70, 100, w0#1, SUM WHOLE",
        "10, 190, w0#1 w0#3, REFUSED",
        "70, 130, w0#1 w7#7, ATTEMPTED",
        "-70, 270, w0#1, COVERED WHOLE"
    })
    void accounts_match_the_transfers_beside_them(long one, long two, String rows, String broken) {
        TransferLedger.Read read =
                new TransferLedger.Read(at(10), at(11), Map.of(1, one, 2, two), Set.copyOf(elements(rows)));

        assertThat(laws(ledger(read).check())).isEqualTo(broken);
    }

    private static TransferLedger ledger(TransferLedger.Read... reads) {
        return new TransferLedger(
                Map.of(1, 100L, 2, 100L),
                false,
                List.of(
                        new Transfer(attempt("w0#1", 0, 1, Outcome.OK), 1, 2, 30),
                        new Transfer(attempt("w0#2", 2, 3, Outcome.INFO), 2, 1, 50),
                        new Transfer(attempt("w0#3", 4, 5, Outcome.FAIL), 1, 2, 60)),
                List.of(reads));
    }

    @Test
    void an_account_that_is_gone_or_new_is_named() {
        TransferLedger.Read read =
                new TransferLedger.Read(at(10), at(11), Map.of(1, 70L, 3, 130L), Set.copyOf(elements("w0#1")));

        assertThat(ledger(read).check())
                .extracting(Breach::toString)
                .containsExactly("not the accounts that there were: [1, 3], expected [1, 2]");
    }
}
