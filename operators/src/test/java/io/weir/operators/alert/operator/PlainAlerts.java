package io.weir.operators.alert.operator;

import io.weir.operators.alert.Alert;
import io.weir.operators.epoch.Stamped;
import java.util.ArrayList;
import java.util.List;

/** What should be told of an {@link AlertJob}'s minutes, by a loop that knows no Flink. */
final class PlainAlerts {

  private static final int PENDING = 1;
  private static final int FIRING = 2;
  private static final int RESOLVED = 3;

  private final List<Stamped> told = new ArrayList<>();
  private int state;
  private long threshold;
  private long since;

  private PlainAlerts() {}

  /** A state as a number: 0 is none. */
  static int place(Alert.State state) {
    return switch (state) {
      case INACTIVE -> 0;
      case PENDING -> PENDING;
      case FIRING -> FIRING;
      case RESOLVED -> RESOLVED;
    };
  }

  private static long threshold(long version) {
    return version % 4;
  }

  private static long minutes(long version) {
    return 1 + version % 3;
  }

  /** The rules of a version. */
  static String document(long version) {
    return "calls > %d for %d".formatted(threshold(version), minutes(version));
  }

  /**
   * The transitions of windows.
   *
   * @param windows in order, each with the version that judged it
   */
  static List<Stamped> on(List<Stamped> windows) {
    List<Stamped> told = new ArrayList<>();
    for (int service = 0; service < AlertJob.SERVICES; service++) {
      PlainAlerts alerts = new PlainAlerts();
      for (Stamped window : windows) {
        if (window.id() % AlertJob.SERVICES == service) {
          alerts.judge(window.id(), window.second());
        }
      }
      told.addAll(alerts.told);
    }
    return told;
  }

  private void judge(long number, long version) {
    if (AlertJob.calls(number) <= threshold(version)) {
      become(state == 0 ? 0 : RESOLVED, number, version);
      state = 0;
      return;
    }
    boolean anew = state == 0 || (state == PENDING && threshold != threshold(version));
    since = anew ? number / AlertJob.SERVICES : since;
    threshold = threshold(version);
    long lasted = number / AlertJob.SERVICES + 1 - since;
    become(state == FIRING || lasted >= minutes(version) ? FIRING : PENDING, number, version);
  }

  private void become(int next, long number, long version) {
    if (next != state) {
      told.add(new Stamped(number, next, version, since));
    }
    state = next;
  }
}
