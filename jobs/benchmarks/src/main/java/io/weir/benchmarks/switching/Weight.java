package io.weir.benchmarks.switching;

import io.weir.operators.epoch.ConfigurationType;

/** The configuration of the job: a number that is added to every record. */
record Weight(long value) {

  /** A whole number as text. */
  enum Type implements ConfigurationType<Weight> {
    INSTANCE;

    @Override
    public String schema() {
      return "{\"type\": \"integer\"}";
    }

    @Override
    public Weight decode(String document) {
      return new Weight(Long.parseLong(document.strip()));
    }
  }
}
