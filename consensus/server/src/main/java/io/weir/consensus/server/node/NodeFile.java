package io.weir.consensus.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import io.weir.consensus.server.schema.JsonSchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a node's settings, YAML that satisfies {@code node.schema.json}. Paths are relative to the
 * file.
 */
public final class NodeFile {

  private static final String SCHEMA = "node.schema.json";

  private final Path folder;
  private final JsonNode root;
  private final List<String> mistakes = new ArrayList<>();

  private NodeFile(Path file, JsonNode root) {
    this.folder = file.toAbsolutePath().resolveSibling("");
    this.root = root;
  }

  /** Reads a file, and reports all its mistakes at once. */
  public static NodeSettings read(Path file) throws InvalidNodeSettings {
    try {
      String text = Files.readString(file);
      NodeFile node = new NodeFile(file, JsonSchemaCheck.checkedByOwn("the file", text, schema()));
      NodeSettings settings = node.settings();
      if (!node.mistakes.isEmpty()) {
        throw new InvalidNodeSettings(file, node.mistakes);
      }
      return settings;
    } catch (InvalidConfiguration e) {
      throw new InvalidNodeSettings(
          file, e.violations().stream().map(Violation::toString).toList());
    } catch (IOException e) {
      throw new InvalidNodeSettings(file, List.of("cannot be read: " + e));
    }
  }

  private static String schema() {
    try (InputStream in = NodeFile.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NodeSettings settings() {
    Map<String, String> members = members();
    String node = root.get("node").asText();
    require(
        members.containsKey(node), "/node", node + " is none of the members " + members.keySet());
    require(
        members.size() % 2 == 1,
        "/members",
        members.size() + " nodes; an odd number is needed, for a majority");
    JsonNode peers = root.get("peers");
    return new NodeSettings(
        root.get("cluster").asText(),
        Algorithm.of(root.path("algorithm").asText(Algorithm.RAFT.toString())),
        node,
        folder.resolve(root.get("data").asText()),
        members,
        new NodeSettings.Peers(
            file(peers, "/peers/", "key-store"),
            file(peers, "/peers/", "trust-store"),
            file(peers, "/peers/", "password-file")),
        front(root.get("front")),
        times());
  }

  private Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    root.get("members")
        .properties()
        .forEach(entry -> members.put(entry.getKey(), entry.getValue().asText()));
    Map<String, String> names = new HashMap<>();
    members.forEach(
        (name, address) -> {
          address("/members/" + name, address);
          String other = names.putIfAbsent(address, name);
          // One node would answer for both, and be a majority of three by itself.
          require(other == null, "/members/" + name, address + " is the address of " + other);
        });
    return members;
  }

  private NodeSettings.FrontFiles front(JsonNode front) {
    return new NodeSettings.FrontFiles(
        address("/front/listen", front.get("listen").asText()),
        file(front, "/front/", "certificate"),
        file(front, "/front/", "key"),
        file(front, "/front/", "tokens"));
  }

  private NodeSettings.Times times() {
    NodeSettings.Times usual = NodeSettings.Times.DEFAULT;
    JsonNode raft = root.path("raft");
    NodeSettings.Times times =
        new NodeSettings.Times(
            millis(raft, "election-timeout-ms", usual.electionTimeout()),
            millis(raft, "heartbeat-ms", usual.heartbeat()),
            millis(raft, "submit-limit-ms", usual.submitLimit()));
    require(
        times.heartbeat().multipliedBy(2).compareTo(times.electionTimeout()) <= 0,
        "/raft/heartbeat-ms",
        times.heartbeat().toMillis()
            + "; at most half of the election timeout of "
            + times.electionTimeout().toMillis());
    return times;
  }

  private static Duration millis(JsonNode raft, String key, Duration usual) {
    return Duration.ofMillis(raft.path(key).asLong(usual.toMillis()));
  }

  private InetSocketAddress address(String pointer, String address) {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    boolean allowed = port >= 1 && port <= 65_535;
    require(allowed, pointer, address + ": a port is 1 to 65535");
    return InetSocketAddress.createUnresolved(address.substring(0, colon), allowed ? port : 1);
  }

  private Path file(JsonNode section, String pointer, String key) {
    Path file = folder.resolve(section.get(key).asText());
    require(Files.isReadable(file), pointer + key, "there is no readable file " + file);
    return file;
  }

  private void require(boolean holds, String pointer, String mistake) {
    if (!holds) {
      mistakes.add("at '" + pointer + "': " + mistake);
    }
  }
}
