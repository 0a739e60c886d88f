package io.weir.operators.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The services of a trace, each once: few, so that they are looked through. */
final class Names {

  private final List<String> names = new ArrayList<>();

  /** Takes a name in; null is none. */
  void add(@Nullable String name) {
    if (name != null && !names.contains(name)) {
      names.add(name);
    }
  }

  int placeOf(String name) {
    return names.indexOf(name);
  }

  String at(int place) {
    return names.get(place);
  }

  void write(DataOutputView out) throws IOException {
    out.writeShort(names.size());
    for (String name : names) {
      StringSerializer.INSTANCE.serialize(name, out);
    }
  }

  static Names read(DataInputView in) throws IOException {
    Names read = new Names();
    for (int left = in.readShort(); left > 0; left--) {
      read.names.add(StringSerializer.INSTANCE.deserialize(in));
    }
    return read;
  }
}
