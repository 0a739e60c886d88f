package io.weir.jobs.monitoring.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert that fired.
 *
 * @param begin the row that says so
 * @param resolved when it was over; null: it was not, where the spans ended
 */
public record FiredAlert(Transition begin, @Nullable Instant resolved) {

  /** The alerts of transitions in the order of time, in the order in which they fired. */
  public static List<FiredAlert> of(List<Transition> transitions) {
    Map<String, Integer> places = new HashMap<>();
    List<FiredAlert> alerts = new ArrayList<>();
    for (Transition row : transitions) {
      String alert = row.rule() + "\n" + row.series();
      if (row.state().equals("firing")) {
        places.put(alert, alerts.size());
        alerts.add(new FiredAlert(row, null));
      } else if (row.previous().equals("firing")) {
        int place = Objects.requireNonNull(places.remove(alert), alert);
        alerts.set(place, new FiredAlert(alerts.get(place).begin(), row.at()));
      }
    }
    return alerts;
  }
}
