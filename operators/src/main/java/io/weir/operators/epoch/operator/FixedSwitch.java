package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;

/** The configuration of a job without a store: version 0, for ever. */
record FixedSwitch(String document) implements EpochSwitch {

  @Override
  public <C> void open(Configured<C> configured) throws Exception {
    C value = configured.configurationType().decode(document);
    configured.check(value);
    if (configured instanceof Stamping stamping) {
      stamping.stampWith(Stamps.NONE);
    }
    configured.configure(new VersionedConfiguration<>(0, value));
  }

  @Override
  public void switchAt(long checkpoint) {
    // There is nothing to switch to.
  }
}
