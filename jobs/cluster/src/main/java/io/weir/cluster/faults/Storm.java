package io.weir.cluster.faults;

import io.weir.cluster.faults.Fault.Group;
import io.weir.cluster.servers.FlinkJob;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Faults at random, some at the same time, but never two of one group. Used by one thread. */
final class Storm {

  private static final int MOST_AT_ONCE = 2;
  private static final Duration LONGEST_CALM = Duration.ofSeconds(12);

  private final FlinkJob job;
  private final List<Fault> faults;
  private final RandomGenerator random;
  private final Map<Group, Mended> broken = new EnumMap<>(Group.class);
  private int count;

  Storm(FlinkJob job, List<Fault> faults, RandomGenerator random) {
    this.job = job;
    this.faults = List.copyOf(faults);
    this.random = random;
  }

  /** Waits a while, then breaks one more thing if not enough is broken. */
  void next() throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextLong(LONGEST_CALM.toMillis()));
    forgetMended();
    Fault fault = faults.get(random.nextInt(faults.size()));
    if (broken.size() < MOST_AT_ONCE && !broken.containsKey(fault.group())) {
      broken.put(fault.group(), Mended.after(fault.held(), fault.breaking().breakFor(job)));
      count++;
    }
  }

  private void forgetMended() throws IOException, InterruptedException {
    for (Group group : List.copyOf(broken.keySet())) {
      Mended mended = broken.get(group);
      if (mended != null && mended.isDone()) {
        mended.join();
        broken.remove(group);
      }
    }
  }

  /** Waits until everything is mended. */
  void settle() throws IOException, InterruptedException {
    for (Mended mended : broken.values()) {
      mended.join();
    }
    broken.clear();
  }

  int count() {
    return count;
  }
}
