package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for the cluster's DNS: replaces names of services and their pods by addresses where a text plainly means a
 * host. That is a name that ends in {@code .svc} anywhere, and a shorter one as the host of a URL, after {@code -h} or
 * {@code --host}, and in a variable whose name ends in {@code HOST}: elsewhere it may as well be the name of a database.
 */
final class ServiceNames {

    private static final String NAME = "[a-z](?:[a-z0-9.-]*[a-z0-9])?";
    private static final Pattern QUALIFIED = Pattern.compile(
            "(?<![A-Za-z0-9._-])()(" + NAME + "\\.svc(?:\\.cluster\\.local)?)(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])");
    private static final Pattern URL = Pattern.compile("(://(?:[^/@\\s\"']*@)?)(" + NAME + ")(?![A-Za-z0-9_.-])");
    private static final Pattern OPTION =
            Pattern.compile("((?<![^\\s\"'])(?:-h ?|--host[= ])[\"']?)(" + NAME + ")(?![A-Za-z0-9_.-])");
    private static final Pattern HOST = Pattern.compile("()(" + NAME + ")(?=(?::[0-9]+)?$)");
    private static final Set<String> OPTIONS = Set.of("-h", "--host");

    private final Objects objects;
    private final String namespace;

    /** Finds an object by type, namespace and name. */
    interface Objects {
        Optional<ObjectNode> find(ResourceType type, String namespace, String name);
    }

    /** Takes the namespace in which short names are looked up. */
    ServiceNames(Objects objects, String namespace) {
        this.objects = objects;
        this.namespace = namespace;
    }

    /** Rewrites a text. */
    String rewrite(String text) {
        String result = text;
        if (text.contains(".svc")) {
            result = replace(QUALIFIED, result);
        }
        if (text.contains("://")) {
            result = replace(URL, result);
        }
        return text.contains("-h") ? replace(OPTION, result) : result;
    }

    /** Rewrites the words of a command, after {@link #rewrite} has seen each. */
    List<String> words(List<String> words) {
        List<String> result = new ArrayList<>(words);
        for (int i = 1; i < result.size(); i++) {
            if (OPTIONS.contains(result.get(i - 1))) {
                result.set(i, host(result.get(i)));
            }
        }
        return result;
    }

    /** Rewrites the value of a variable, after {@link #rewrite} has seen it. */
    String variable(String name, String value) {
        return name.endsWith("HOST") ? host(value) : value;
    }

    private String host(String text) {
        return HOST.matcher(text).lookingAt() ? replace(HOST, text) : text;
    }

    private String replace(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private String replacement(MatchResult match) {
        return match.group(1) + address(match.group(2)).orElse(match.group(2));
    }

    private Optional<String> address(String name) {
        boolean qualified = name.endsWith(".svc") || name.endsWith(".svc.cluster.local");
        String[] parts = name.replaceFirst("\\.svc(\\.cluster\\.local)?$", "").split("\\.", -1);
        return switch (parts.length) {
            case 1 -> qualified ? Optional.empty() : service(namespace, parts[0]);
            case 2 ->
                service(parts[1], parts[0]).or(() -> qualified ? Optional.empty() : pod(namespace, parts[0], parts[1]));
            case 3 -> pod(parts[2], parts[0], parts[1]);
            default -> Optional.empty();
        };
    }

    private Optional<String> service(String where, String name) {
        return objects.find(ResourceCatalog.SERVICES, where, name)
                .map(service -> service.path("spec").path("clusterIP").asText(""))
                .flatMap(ip -> ip.equals("None") ? member(where, name) : text(ip));
    }

    private Optional<String> member(String where, String service) {
        return objects.find(ResourceCatalog.ENDPOINTS, where, service)
                .flatMap(endpoints -> text(endpoints.at("/subsets/0/addresses/0/ip")));
    }

    private Optional<String> pod(String where, String pod, String service) {
        return objects.find(ResourceCatalog.SERVICES, where, service)
                .flatMap(there -> objects.find(ResourceCatalog.PODS, where, pod))
                .flatMap(found -> text(found.path("status").path("podIP")));
    }

    private static Optional<String> text(JsonNode node) {
        return text(node.asText(""));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
