package io.weir.operators.trace.link;

import io.weir.operators.alert.rule.Glob;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.trace.self.AskedServices;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the self times of the services that a document lists, until the test asks for others.
 */
final class Asking implements EpochSwitch {

  private String document;
  private @Nullable Configured<AskedServices> configured;

  Asking(String document) {
    this.document = document;
  }

  /** Asks for others from the next barrier on. */
  void change(String other) {
    document = other;
  }

  // The operator is asked for services.
  @SuppressWarnings("unchecked")
  @Override
  public <C> void open(Configured<C> opened) {
    configured = (Configured<AskedServices>) opened;
    switchAt(0);
  }

  @Override
  public void switchAt(long checkpoint) {
    Objects.requireNonNull(configured)
        .configure(new VersionedConfiguration<>(checkpoint, Type.INSTANCE.decode(document)));
  }

  /** Documents are patterns between spaces. */
  enum Type implements ConfigurationType<AskedServices> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public AskedServices decode(String document) {
      return new AskedServices(
          Arrays.stream(document.split(" ", -1))
              .filter(pattern -> !pattern.isEmpty())
              .map(Glob::new)
              .toList());
    }
  }
}
