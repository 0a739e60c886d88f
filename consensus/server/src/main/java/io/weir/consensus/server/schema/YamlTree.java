package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds a JSON value from the events of a YAML parser, without recursion. */
final class YamlTree {

  private static final int MAX_DEPTH = 64;

  /** Aliases count with all that they stand for, so that a few lines cannot become millions. */
  private static final int MAX_VALUES = 200_000;

  private final Deque<Frame> open = new ArrayDeque<>();
  private final Map<Anchor, Value> anchored = new HashMap<>();
  private @Nullable JsonNode root;
  private int documents;
  private int values;

  /** A finished value. The size counts the value and all within it. */
  private record Value(JsonNode node, int size) {}

  /** A collection that is not finished. */
  private static final class Frame {
    private final JsonNode node;
    private final Optional<Anchor> anchor;
    private final int valuesBefore;
    private @Nullable String key;

    Frame(JsonNode node, Optional<Anchor> anchor, int valuesBefore) {
      this.node = node;
      this.anchor = anchor;
      this.valuesBefore = valuesBefore;
    }

    boolean wantsKey() {
      return node instanceof ObjectNode && key == null;
    }

    String place() {
      return node instanceof ArrayNode array ? String.valueOf(array.size()) : String.valueOf(key);
    }

    void add(JsonNode child) {
      if (node instanceof ArrayNode array) {
        array.add(child);
      } else {
        ((ObjectNode) node).set(key, child);
        key = null;
      }
    }
  }

  void add(Event event) {
    if (event instanceof DocumentStartEvent && ++documents > 1) {
      throw new Unreadable("", "several documents; one is allowed");
    } else if (event instanceof ScalarEvent scalar) {
      addScalar(scalar);
    } else if (event instanceof CollectionStartEvent start) {
      begin(start);
    } else if (event instanceof CollectionEndEvent) {
      end();
    } else if (event instanceof AliasEvent alias) {
      addAlias(alias);
    }
  }

  private void addScalar(ScalarEvent scalar) {
    if (wantsKey()) {
      beginEntry(scalar);
      return;
    }
    count(1);
    finish(new Value(YamlScalar.read(scalar, pointer()), 1), scalar.getAnchor());
  }

  private void beginEntry(ScalarEvent scalar) {
    Frame frame = open.element();
    JsonNode key = YamlScalar.read(scalar, containerPointer());
    if (!key.isTextual()) {
      throw new Unreadable(
          containerPointer(), "the key " + scalar.getValue() + " is not a string; quote it");
    }
    if (frame.node.has(key.textValue())) {
      throw new Unreadable(
          containerPointer(), "the key '" + key.textValue() + "' comes twice; once is allowed");
    }
    scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor, new Value(key, 1)));
    frame.key = key.textValue();
  }

  private void begin(CollectionStartEvent start) {
    if (wantsKey()) {
      throw new Unreadable(containerPointer(), "a key is a collection; keys are strings");
    }
    if (start.getTag().isPresent()) {
      throw new Unreadable(pointer(), "the tag " + start.getTag().get() + " is not allowed");
    }
    if (open.size() >= MAX_DEPTH) {
      throw new Unreadable(pointer(), "deeper than the " + MAX_DEPTH + " levels allowed");
    }
    int before = values;
    count(1);
    JsonNode node =
        start instanceof MappingStartEvent
            ? JsonNodeFactory.instance.objectNode()
            : JsonNodeFactory.instance.arrayNode();
    open.push(new Frame(node, start.getAnchor(), before));
  }

  private void end() {
    Frame frame = open.pop();
    finish(new Value(frame.node, values - frame.valuesBefore), frame.anchor);
  }

  private void addAlias(AliasEvent event) {
    Anchor anchor = event.getAlias();
    Value value = anchored.get(anchor);
    if (wantsKey()) {
      throw new Unreadable(containerPointer(), "the alias *" + anchor + " is a key; write it out");
    }
    if (value == null) {
      throw new Unreadable(pointer(), "the alias *" + anchor + " stands for nothing before it");
    }
    count(value.size());
    finish(value, Optional.empty());
  }

  private void finish(Value value, Optional<Anchor> anchor) {
    anchor.ifPresent(name -> anchored.put(name, value));
    if (open.isEmpty()) {
      root = value.node();
    } else {
      open.element().add(value.node());
    }
  }

  private void count(int more) {
    values += more;
    if (values > MAX_VALUES) {
      throw new Unreadable("", "more than the " + MAX_VALUES + " values allowed");
    }
  }

  private boolean wantsKey() {
    return !open.isEmpty() && open.element().wantsKey();
  }

  JsonNode root() {
    if (root == null) {
      throw new Unreadable("", "is empty");
    }
    return root;
  }

  private String pointer() {
    return pointer(open.size());
  }

  private String containerPointer() {
    return pointer(open.size() - 1);
  }

  /** JSON pointer (RFC 6901) to what is open, down to a depth. */
  private String pointer(int depth) {
    StringBuilder pointer = new StringBuilder();
    Iterator<Frame> frames = open.descendingIterator();
    for (int i = 0; i < depth; i++) {
      String place = frames.next().place();
      pointer.append('/').append(place.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
