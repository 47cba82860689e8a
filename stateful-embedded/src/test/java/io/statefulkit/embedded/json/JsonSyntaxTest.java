package io.statefulkit.embedded.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{not json`|invalid character 'n' looking for beginning of object key string",
                "`{\"a\"}`|invalid character '}' after object key",
                "`{\"a\":1 \"b\"`|invalid character '\"' after object key:value pair",
                "`[1 2]`|invalid character '2' after array element",
                "`{} x`|invalid character 'x' after top-level value",
                "`{\"a\":tru`|unexpected end of JSON input",
                "`{\"a\":trx}`|invalid character 'x' in literal true (expecting 'u')",
                "`{\"a\":\"\\x\"}`|invalid character 'x' in string escape code",
                "`-x`|invalid character 'x' in numeric literal",
                "`1.x`|invalid character 'x' after decimal point in numeric literal",
                "`1ex`|invalid character 'x' in exponent of numeric literal",
                "`?`|invalid character '?' looking for beginning of value",
                "``|unexpected end of JSON input"
            })
    void mistakes_are_told_in_the_words_of_the_server(String text, String problem) {
        assertThat(JsonSyntax.problem(text == null ? new byte[0] : text.getBytes(UTF_8)))
                .contains(problem);
    }

    /** The two agree on what is JSON; else a mistake would be told that is none. */
    @Test
    void what_the_parser_takes_has_no_mistake() {
        String right = "{\"a\": [1, -2.5e3, true, false, null, \"x\\n\\u00e9\"], \"b\": {\"c\": {}}, \"d\": []}";
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder(right);
            for (int i = 0; i < round % 3; i++) {
                text.setCharAt(random.nextInt(text.length()), "{}[]:,\"\\ae1.- ".charAt(random.nextInt(14)));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            assertThat(JsonSyntax.problem(bytes).isEmpty()).as(text.toString()).isEqualTo(parses(bytes));
        }
    }

    private static boolean parses(byte[] bytes) {
        try {
            return !Json.parse(bytes).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void fields_that_are_there_twice_are_found_with_their_path() {
        String text =
                "{\"spec\": {\"containers\": [{\"name\": \"a\"}, {\"name\": \"b\", \"image\": \"x\", \"image\": \"y\"}],"
                        + " \"a\": [1, {}], \"a\": []}, \"spec\": {}}";

        assertThat(DuplicateFields.in(text.getBytes(UTF_8)))
                .containsExactly("spec.containers[1].image", "spec.a", "spec");
        assertThat(DuplicateFields.in("{".getBytes(UTF_8))).isEmpty();
    }
}
