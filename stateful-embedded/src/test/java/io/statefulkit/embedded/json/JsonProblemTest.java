package io.statefulkit.embedded.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonProblemTest {

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{not json       ~ invalid character 'n' looking for beginning of object key string",
                "{\"a\" 1}       ~ invalid character '1' after object key",
                "{\"a\": 1 \"b\"}~ invalid character '\"' after object key:value pair",
                "[1 2]           ~ invalid character '2' after array element",
                "{\"a\": }       ~ invalid character '}' looking for beginning of value",
                "{\"a\": xyz}    ~ invalid character 'x' looking for beginning of value",
                "{\"a\": nope}   ~ invalid character 'o' in literal null (expecting 'u')",
                "{\"a\": 1       ~ unexpected end of JSON input",
            })
    void it_is_said_as_kubernetes_says_it(String text, String problem) {
        JsonProcessingException thrown = catchThrowableOfType(JsonProcessingException.class, () -> json.readTree(text));

        assertThat(JsonProblem.of(thrown)).isEqualTo(problem);
    }
}
