package io.statefulkit.lint;

/**
 * What a rule says.
 *
 * @param message what was found; each {@code {}} stands for a value
 * @param why what goes wrong otherwise
 * @param fix what to do
 * @param bad YAML that the rule finds fault with; for rules that need a cluster, what is there and then what is applied
 * @param good the same, done right
 */
public record RuleText(String message, String why, String fix, String bad, String good) {

    /** Return the message with these values filled in. */
    public String message(Object... values) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int at = message.indexOf("{}", from);
            if (at < 0) {
                throw new IllegalArgumentException("message has fewer places than values: " + message);
            }
            text.append(message, from, at).append(value);
            from = at + 2;
        }
        if (message.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("message has more places than values: " + message);
        }
        return text.append(message.substring(from)).toString();
    }
}
