package io.weir.consensus.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** JSON values as YAML. */
final class YamlText {

  private static final DumpSettings BLOCKS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

  private YamlText() {}

  static void print(JsonNode json, PrintWriter out) {
    out.print(new Dump(BLOCKS).dumpToString(plain(json)));
  }

  private static @Nullable Object plain(JsonNode json) {
    if (json.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      json.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (json.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      json.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (json.isNull()) {
      return null;
    }
    return json.isIntegralNumber()
        ? json.longValue()
        : json.isBoolean() ? json.booleanValue() : json.asText();
  }
}
