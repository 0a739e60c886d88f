package io.weir.benchmarks.routing;

import io.weir.jobs.local.LocalCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;

/**
 * One sender in a process of its own: code that was compiled for one way alone, as it is where a
 * job runs. It sends for a while for each line that it reads, and answers with its nanoseconds per
 * record.
 */
final class Sender {

  /** What its answers begin with; everything else that it prints is not for the one who asks. */
  static final String ANSWER = "nanoseconds ";

  private Sender() {}

  /** Takes the name of a {@link Way} and the number of receivers; ends with its input. */
  public static void main(String[] arguments) throws Exception {
    int receivers = Integer.parseInt(arguments[1]);
    Way way = Way.of(arguments[0], IntStream.range(0, receivers).mapToObj(i -> 1 + i % 4).toList());
    try (LocalCluster cluster = LocalCluster.start(Clusters.profile())) {
      JobClient job = cluster.submit(way.name(), env -> Jobs.cheap(env, way, receivers));
      answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
      End.of(job);
    }
  }

  private static void answer(BufferedReader asked) throws IOException, InterruptedException {
    for (String millis = asked.readLine(); millis != null; millis = asked.readLine()) {
      System.out.println(ANSWER + turn(Long.parseLong(millis)));
    }
  }

  private static double turn(long millis) throws InterruptedException {
    Board.Cost before = Board.cost();
    Board.letSend(true);
    do {
      TimeUnit.MILLISECONDS.sleep(millis);
    } while (Board.cost().records() == before.records());
    Board.letSend(false);
    return Board.cost().nanosPerRecordSince(before);
  }
}
