package io.statefulkit.embedded.node.volume;

import java.util.Map;

/** Expands {@code $(NAME)}: {@code $$} stands for a dollar sign, and a name that is not known stays as it is. */
public final class Expansion {

    private Expansion() {}

    /** Returns the text with the variables in place. */
    public static String expand(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            int end = next == '(' ? text.indexOf(')', i) : -1;
            if (c == '$' && next == '$') {
                out.append('$');
                i += 2;
            } else if (c == '$' && end > 0) {
                String value = variables.get(text.substring(i + 2, end));
                out.append(value == null ? text.substring(i, end + 1) : value);
                i = end + 1;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }
}
