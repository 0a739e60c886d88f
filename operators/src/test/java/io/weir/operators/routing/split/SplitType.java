package io.weir.operators.routing.split;

import io.weir.operators.epoch.ConfigurationType;

/** Documents of the tests: {@code split} and {@code whole}. */
enum SplitType implements ConfigurationType<KeySplit> {
  INSTANCE;

  static String document(boolean split) {
    return split ? "split" : "whole";
  }

  @Override
  public String schema() {
    return "{\"enum\": [\"split\", \"whole\"]}";
  }

  @Override
  public KeySplit decode(String document) {
    return new KeySplit(document.equals("split"));
  }
}
