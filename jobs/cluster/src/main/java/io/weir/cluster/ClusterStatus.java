package io.weir.cluster;

import io.weir.cluster.process.Roster;
import io.weir.cluster.process.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What runs in a folder, for a person.
 *
 * @param whole whether all processes that were started run
 * @param lines a table, and how to use what is in it
 */
public record ClusterStatus(boolean whole, List<String> lines) {

  public ClusterStatus {
    lines = List.copyOf(lines);
  }

  /**
   * Looks at a folder.
   *
   * @throws IOException if no cluster was started in it
   */
  public static ClusterStatus of(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    List<Started> processes = Roster.of(absolute).processes();
    if (processes.isEmpty() || !Addresses.isIn(absolute)) {
      throw new IOException("no cluster was started in " + absolute);
    }
    Addresses addresses = Addresses.read(absolute);
    List<String> lines = new ArrayList<>();
    lines.add(row("process", "pid", "state", "address"));
    processes.forEach(process -> lines.add(row(process, addresses)));
    lines.add("");
    lines.addAll(uses(absolute, addresses));
    return new ClusterStatus(processes.stream().allMatch(ClusterStatus::runs), lines);
  }

  private static boolean runs(Started process) {
    return process.running().isPresent();
  }

  private static String row(Started process, Addresses addresses) {
    return row(
        process.name(),
        String.valueOf(process.pid()),
        runs(process) ? "running" : "gone",
        addresses.byServer().getOrDefault(process.name(), ""));
  }

  private static String row(String process, String pid, String state, String address) {
    return String.format(Locale.ROOT, "%-15s%-9s%-9s%s", process, pid, state, address)
        .stripTrailing();
  }

  private static List<String> uses(Path folder, Addresses addresses) {
    String kafka =
        addresses.byServer().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("kafka-"))
            .map(entry -> entry.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    return List.of(
        "Flink " + addresses.flink() + "; logs are in " + folder,
        "kafka servers   " + kafka,
        "postgres        user postgres, any password",
        "store           export WEIR_STORE=" + folder.resolve("store").resolve("store.yaml"),
        "flink run       export FLINK_CONF_DIR=" + folder.resolve("conf"));
  }
}
