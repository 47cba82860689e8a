package io.statefulkit.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The texts of the rules, from {@code rules.yaml} beside this class. */
final class RuleTexts {

    private static final Map<Rule, RuleText> TEXTS = load();

    private RuleTexts() {}

    static RuleText of(Rule rule) {
        RuleText text = TEXTS.get(rule);
        if (text == null) {
            throw new IllegalStateException("rules.yaml has no text for " + rule);
        }
        return text;
    }

    private static Map<Rule, RuleText> load() {
        Map<Rule, RuleText> texts = new EnumMap<>(Rule.class);
        try (InputStream in = RuleTexts.class.getResourceAsStream("rules.yaml")) {
            if (in == null) {
                throw new IllegalStateException("rules.yaml is missing beside " + RuleTexts.class);
            }
            Object entries = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            ((Map<?, ?>) entries)
                    .forEach((id, entry) -> texts.put(Rule.valueOf((String) id), text((String) id, (Map<?, ?>) entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static RuleText text(String id, Map<?, ?> entry) {
        return new RuleText(
                value(id, entry, "message"),
                value(id, entry, "why"),
                value(id, entry, "fix"),
                value(id, entry, "bad"),
                value(id, entry, "good"));
    }

    private static String value(String id, Map<?, ?> entry, String key) {
        if (!(entry.get(key) instanceof String value)) {
            throw new IllegalStateException("rules.yaml: %s has no %s".formatted(id, key));
        }
        return value.strip();
    }
}
