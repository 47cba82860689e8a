package io.statefulkit.survival.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of one row that a run tried to write, printed as {@code w2#417}.
 *
 * @param writer the number of the writer, from 0
 * @param seq the number of the row within its writer, from 1; a writer never uses one twice
 */
public record Element(int writer, int seq) implements Comparable<Element> {

    private static final Pattern TEXT = Pattern.compile("w(\\d+)#(\\d+)");
    private static final Comparator<Element> ORDER =
            Comparator.comparingInt(Element::writer).thenComparingInt(Element::seq);

    /** Checks that both numbers are in range. */
    public Element {
        if (writer < 0 || seq < 1) {
            throw new IllegalArgumentException("expected writer >= 0 and seq >= 1, got w" + writer + "#" + seq);
        }
    }

    /**
     * Reads the form that {@link #toString()} prints.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    @JsonCreator
    public static Element parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected an element like w2#417, got '" + text + "'");
        }
        return new Element(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** One number that orders as elements do. */
    long key() {
        return ((long) writer << 32) | seq;
    }

    static Element ofKey(long key) {
        return new Element((int) (key >>> 32), (int) key);
    }

    @Override
    public int compareTo(Element other) {
        return ORDER.compare(this, other);
    }

    @Override
    @JsonValue
    public String toString() {
        return print(new StringBuilder()).toString();
    }

    StringBuilder print(StringBuilder text) {
        return text.append('w').append(writer).append('#').append(seq);
    }
}
