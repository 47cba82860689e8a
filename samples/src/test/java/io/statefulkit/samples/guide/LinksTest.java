package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links between pages lead somewhere, and each page of the guide can be reached from the README. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @Test
    void links_lead_to_what_is_there() {
        List<String> broken = new ArrayList<>();
        List<Page> pages = Page.all();
        for (Page page : pages) {
            for (String link : links(page)) {
                problem(page, link).ifPresent(why -> broken.add(page.name() + " -> " + link + ": " + why));
            }
        }
        assertThat(broken).isEmpty();
        assertThat(pages).as("pages").hasSizeGreaterThan(15);
    }

    @Test
    void each_page_of_the_guide_is_linked_from_the_readme() {
        List<String> linked = links(Page.of(Page.ROOT.resolve("README.md")));

        assertThat(Page.all().stream().map(Page::name).filter(name -> name.startsWith("docs/guide/")))
                .isSubsetOf(linked);
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        Page page = Page.of(Page.ROOT.resolve("README.md"));

        assertThat(problem(page, "docs/guide/nowhere.md")).contains("there is no such file");
        assertThat(problem(page, "docs/guide/03-lint-rules.md#st99")).contains("there is no such heading");
        assertThat(problem(page, "docs/guide/03-lint-rules.md#st01")).isEmpty();
    }

    private static List<String> links(Page page) {
        return page.prose().stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(match -> match.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static Optional<String> problem(Page page, String link) {
        Matcher parts = Pattern.compile("([^#]*)(?:#(.*))?").matcher(link);
        if (!parts.matches()) {
            return Optional.of("this is no link");
        }
        Path target = parts.group(1).isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts.group(1)).normalize();
        if (!Files.exists(target)) {
            return Optional.of("there is no such file");
        }
        String anchor = parts.group(2);
        return anchor == null || Page.of(target).anchors().contains(anchor)
                ? Optional.empty()
                : Optional.of("there is no such heading");
    }
}
