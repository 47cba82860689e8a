package io.statefulkit.cluster.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers what Testcontainers asks a Docker engine, and remembers what it was told to do. Its containers run no process; each of their
 * ports is that of one server, and what is run in them answers what it is told to.
 */
public final class FakeEngine implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REQUEST = Pattern.compile("(?:/v[\\d.]+)?/([a-z_]+)(?:/(.*?))?(?:/(\\w+))?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String kubeconfig;
    private final int port;
    private final BiFunction<String, List<String>, Answer> commands;
    private final Map<String, ObjectNode> containers = new ConcurrentSkipListMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> files = new ConcurrentSkipListMap<>();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger commandCount = new AtomicInteger();

    /** What a command ends with, and prints. */
    public record Answer(int exitCode, String output) {}

    /**
     * Begins to answer.
     *
     * @param kubeconfig what containers have where k3s writes its own
     * @param port where all ports of containers lead to
     * @param commands what commands in containers do, by the id of the container and the command
     */
    public FakeEngine(String kubeconfig, int port, BiFunction<String, List<String>, Answer> commands)
            throws IOException {
        this.kubeconfig = kubeconfig;
        this.port = port;
        this.commands = commands;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** For {@code DOCKER_HOST}. */
    public String address() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was done, in order: {@code create c1}, {@code exec c1 kubectl get}, {@code remove c1} and the like. */
    public List<String> happened() {
        return List.copyOf(happened);
    }

    /** What was copied into containers, by id and path, such as {@code c1:/etc/file}. */
    public Map<String, String> files() {
        return Map.copyOf(files);
    }

    /** Lets a container look as if it had crashed when it is looked at. */
    public void crash(String container) {
        dead.add(container);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher request = REQUEST.matcher(exchange.getRequestURI().getPath());
            if (!request.matches()) {
                send(exchange, 404, "{\"message\":\"no such page\"}");
                return;
            }
            String kind = request.group(1);
            String id = request.group(3) == null && request.group(2) != null ? request.group(2) : id(request);
            String verb = request.group(3) == null ? "" : request.group(3);
            switch (kind) {
                case "_ping" -> send(exchange, 200, "OK");
                case "info" -> send(exchange, 200, """
                    {"ID":"fake","Name":"fake","OperatingSystem":"Fake","OSType":"linux","Architecture":"x86_64",
                    "CgroupVersion":"2","ServerVersion":"28.0.0","MemTotal":8000000000,"NCPU":2,"Images":1}\
                    """);
                case "version" ->
                    send(
                            exchange,
                            200,
                            "{\"ApiVersion\":\"1.44\",\"Version\":\"28.0.0\",\"Os\":\"linux\",\"Arch\":\"amd64\","
                                    + "\"Components\":[{\"Name\":\"Engine\"}]}");
                case "images" -> images(exchange, id, verb);
                case "exec" -> exec(exchange, id, verb);
                case "networks" -> networks(exchange, id);
                default -> containers(exchange, id, verb);
            }
        }
    }

    private static String id(Matcher request) {
        return request.group(2) == null ? "" : request.group(2);
    }

    private void images(HttpExchange exchange, String id, String verb) throws IOException {
        if (id.equals("json")) {
            send(exchange, 200, "[]");
        } else if (verb.equals("get")) {
            happened.add("save " + id);
            send(exchange, 200, Archive.of("manifest.json", "image " + id));
        } else if (id.contains("missing")) {
            send(exchange, 404, "{\"message\":\"No such image\"}");
        } else {
            send(
                    exchange,
                    200,
                    "{\"Id\":\"sha256:" + Integer.toHexString(id.hashCode()) + "\",\"Config\":{},\"Os\":\"linux\"}");
        }
    }

    private void networks(HttpExchange exchange, String id) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                if (id.equals("prune")) {
                    send(exchange, 200, "{}");
                    return;
                }
                happened.add("network");
                send(exchange, 201, "{\"Id\":\"n1\",\"Warning\":\"\"}");
            }
            case "DELETE" -> {
                happened.add("remove network");
                send(exchange, 204, "");
            }
            default -> {
                String network = "{\"Id\":\"n1\",\"Name\":\"n1\",\"Containers\":{}}";
                send(exchange, 200, id.isEmpty() ? "[" + network + "]" : network);
            }
        }
    }

    private void exec(HttpExchange exchange, String id, String verb) throws IOException {
        Answer answer = answers.getOrDefault(id, new Answer(126, ""));
        if (verb.equals("start")) {
            send(exchange, 200, frame(answer.output()));
        } else {
            send(exchange, 200, "{\"ID\":\"" + id + "\",\"Running\":false,\"ExitCode\":" + answer.exitCode() + "}");
        }
    }

    private void containers(HttpExchange exchange, String id, String verb) throws IOException {
        String method = exchange.getRequestMethod();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (id.equals("json")) {
            send(exchange, 200, list(exchange.getRequestURI()));
        } else if (id.equals("create")) {
            String created = "c" + count.incrementAndGet();
            containers.put(created, (ObjectNode) JSON.readTree(body));
            happened.add("create " + created);
            send(exchange, 201, "{\"Id\":\"" + created + "\",\"Warnings\":[]}");
        } else if (id.equals("prune")) {
            send(exchange, 200, "{\"SpaceReclaimed\":0}");
        } else if (!containers.containsKey(id)) {
            send(exchange, 404, "{\"message\":\"No such container: " + id + "\"}");
        } else if (method.equals("DELETE")) {
            container(id).put("removed", true);
            happened.add("remove " + id);
            send(exchange, 204, "");
        } else {
            container(exchange, id, verb, body);
        }
    }

    private void container(HttpExchange exchange, String id, String verb, byte[] body) throws IOException {
        switch (verb) {
            case "json" -> send(exchange, 200, inspect(id));
            case "logs" -> send(exchange, 200, frame("k3s is up\n"));
            case "exec" -> {
                List<String> argv = new ArrayList<>();
                JSON.readTree(body).path("Cmd").forEach(argument -> argv.add(argument.asText()));
                String name = "e" + commandCount.incrementAndGet();
                happened.add("exec " + id + " " + String.join(" ", argv));
                answers.put(name, commands.apply(id, argv));
                send(exchange, 201, "{\"Id\":\"" + name + "\"}");
            }
            case "archive" -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    Archive.files(body).forEach((name, content) -> files.put(id + ":/" + name, content));
                    send(exchange, 200, "");
                } else {
                    exchange.getResponseHeaders()
                            .add(
                                    "X-Docker-Container-Path-Stat",
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    "{\"name\":\"k3s.yaml\"}".getBytes(StandardCharsets.UTF_8)));
                    send(exchange, 200, Archive.of("k3s.yaml", kubeconfig));
                }
            }
            default -> {
                happened.add(verb + " " + id);
                send(exchange, 204, "");
            }
        }
    }

    /** The request by which a container was created, with what became of it. */
    public ObjectNode container(String id) {
        return Objects.requireNonNull(containers.get(id), id);
    }

    private boolean isRemoved(String id) {
        return container(id).path("removed").asBoolean();
    }

    private byte[] inspect(String id) throws IOException {
        JsonNode created = container(id);
        ObjectNode inspected = JSON.createObjectNode();
        inspected
                .put("Id", id)
                .put("Name", "/" + id)
                .put("Created", Instant.now().toString());
        boolean isEnded = isRemoved(id) || dead.contains(id);
        inspected
                .putObject("State")
                .put("Status", isEnded ? "exited" : "running")
                .put("Running", !isEnded)
                .put("ExitCode", isEnded ? 137 : 0)
                .put("StartedAt", "2026-01-01T00:00:00Z")
                .put("FinishedAt", isEnded ? "2026-01-01T00:00:01Z" : "0001-01-01T00:00:00Z");
        inspected.set("Config", created);
        inspected.set("HostConfig", created.path("HostConfig"));
        ObjectNode network = inspected.putObject("NetworkSettings");
        ObjectNode ports = network.putObject("Ports");
        created.path("ExposedPorts")
                .fieldNames()
                .forEachRemaining(exposed -> ports.putArray(exposed)
                        .addObject()
                        .put("HostIp", "0.0.0.0")
                        .put("HostPort", "" + port));
        network.putObject("Networks");
        return JSON.writeValueAsBytes(inspected);
    }

    /** Those with the labels that are asked for. */
    private byte[] list(URI uri) throws IOException {
        String query = URLDecoder.decode(String.valueOf(uri.getRawQuery()), StandardCharsets.UTF_8);
        Matcher filters =
                Pattern.compile("filters=(\\{.*?\\})(&.*)?").matcher(query.replaceAll("^[^f]*&(?=filters)", ""));
        JsonNode labels = filters.find() ? JSON.readTree(filters.group(1)).path("label") : JSON.createArrayNode();
        List<Map<String, String>> found = new ArrayList<>();
        containers.forEach((id, created) -> {
            boolean isMeant = !isRemoved(id);
            for (JsonNode label : labels) {
                String[] sides = label.asText().split("=", 2);
                isMeant &= created.path("Labels").path(sides[0]).asText().equals(sides[1]);
            }
            if (isMeant) {
                found.add(Map.of("Id", id, "Image", "k3s", "State", "running"));
            }
        });
        return JSON.writeValueAsBytes(found);
    }

    /** As an engine sends what comes from a container without a terminal. */
    private static byte[] frame(String output) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(0x01000000)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Api-Version", "1.44");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
