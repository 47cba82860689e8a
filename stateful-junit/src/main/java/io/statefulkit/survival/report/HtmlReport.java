package io.statefulkit.survival.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A result as one page that needs nothing else: no network, no script, no other file. */
public final class HtmlReport {

    private HtmlReport() {}

    /** The page. What comes from the cluster or the database is escaped. */
    public static String of(ReportInput input) {
        return template("survival.html").execute(Page.of(input));
    }

    static Template template(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name));
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the template " + name + " cannot be read", e);
        }
    }
}
