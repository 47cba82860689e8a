package io.statefulkit.embedded.http;

import java.util.List;
import java.util.Random;

/** Makes requests of which at least one part is wrong. */
final class Requests {

    private static final List<String> BODIES = List.of(
            "{",
            "{}}",
            "[]",
            "null",
            "\"x\"",
            "{\"metadata\": 1}",
            "{\"metadata\": {\"name\": 5}}",
            "{\"metadata\": {\"name\": \"Bad_Name\"}}",
            "{\"metadata\": {\"name\": \"a\"}, \"data\": [1]}",
            "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": {\"deep\": 1}}}",
            "{\"kind\": \"Secret\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}}",
            "{\"metadata\": {\"name\": \"a\", \"namespace\": \"elsewhere\"}}",
            "{\"metadata\": {\"name\": \"a\", \"resourceVersion\": \"7\"}}",
            "{\"metadata\": {\"name\": \"a\", \"finalizers\": [\"nodomain\"]}}",
            "\u0000\u0001\u0002",
            "[".repeat(5_000));
    private static final List<String> PATCH_TYPES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "application/unknown",
            "application/json");
    private static final List<String> PATCHES = List.of(
            "{",
            "[{\"op\": \"remove\", \"path\": \"/nope\"}]",
            "[{\"op\": 1}]",
            "[1]",
            "{\"metadata\": {\"resourceVersion\": \"1\"}}",
            "{\"metadata\": {\"name\": \"other\"}}",
            "{\"data\": 7}",
            "{\"data\": {\"k\": []}}",
            "",
            "x: [");
    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/nothing",
            "/apis/nope/v1/things",
            "/api/v1/namespaces/%zz/pods",
            "/api/v1/namespaces/bad-input/pods/none/log",
            "/api/v1/namespaces/bad-input/pods/none/exec?command=x&stdout=1",
            "/api/v1/namespaces/bad-input/pods/none/portforward?ports=x",
            "/api/v1/namespaces/bad-input/configmaps?labelSelector=((",
            "/api/v1/namespaces/bad-input/configmaps?fieldSelector=spec.x%3Dy",
            "/api/v1/namespaces/bad-input/configmaps?continue=zzz",
            "/api/v1/namespaces/bad-input/configmaps?limit=x",
            "/api/v1/namespaces/bad-input/configmaps?resourceVersion=99999999",
            "/api/v1/namespaces/bad-input/configmaps?watch=1&resourceVersion=x",
            "/api/v1/namespaces/bad-input/configmaps/none",
            "/api/v1/namespaces/bad-input/configmaps/kept/status");

    private final Random random;
    private final String maps;

    Requests(Random random, String maps) {
        this.random = random;
        this.maps = maps;
    }

    String next() {
        return switch (random.nextInt(7)) {
            case 0 -> request("POST", maps, "application/json", one(BODIES));
            case 1 -> request("PUT", maps + "/kept", "application/json", one(BODIES));
            case 2 -> request("PATCH", maps + "/kept", one(PATCH_TYPES), one(PATCHES));
            case 3 -> request("GET", one(PATHS), "", "");
            case 4 -> request("POST", maps, "application/vnd.kubernetes.protobuf", "k8s\u0000" + noise());
            case 5 ->
                request("DELETE", maps + "/none", "application/json", one(List.of("{", "[]", "{\"kind\": \"X\"}", "")));
            default -> broken();
        };
    }

    private String broken() {
        return switch (random.nextInt(5)) {
            // Of control characters alone nobody knows whether a request follows.
            case 0 -> "!" + noise() + "\r\n\r\n";
            case 1 -> "GET " + maps + " HTTP/9.9\r\n\r\n";
            case 2 -> "GET " + maps + " HTTP/1.1\r\nno colon here\r\n\r\n";
            case 3 -> "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nAuthorization: Bearer TOKEN\r\n\r\n";
            default ->
                "POST " + maps + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\n"
                        + "Content-Length: nothing\r\n\r\n{}";
        };
    }

    private String request(String method, String path, String type, String body) {
        String content = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\nConnection: close\r\n"
                + content + "Content-Length: " + body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                + "\r\n\r\n" + body;
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        int length = 1 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            noise.append((char) (1 + random.nextInt(126)));
        }
        return noise.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
