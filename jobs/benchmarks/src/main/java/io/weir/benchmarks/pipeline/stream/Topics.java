package io.weir.benchmarks.pipeline.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The two topics of a trial; they are removed at its end, for the disk would fill otherwise.
 *
 * @param servers of Kafka
 */
public record Topics(String servers, String input, String output) implements AutoCloseable {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Makes the topics of a trial, and waits until they can be used. */
  public static Topics create(String servers, String trial, int partitions)
      throws ExecutionException, InterruptedException {
    Topics topics = new Topics(servers, trial + "-events", trial + "-rows");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              Stream.of(topics.input, topics.output)
                  .map(name -> new NewTopic(name, partitions, (short) 1))
                  .toList())
          .all()
          .get();
      topics.awaitLeaders(admin, partitions);
    }
    return topics;
  }

  /** A producer would be turned away before the broker leads all partitions. */
  private void awaitLeaders(Admin admin, int partitions)
      throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        admin.listOffsets(ends(partitions)).all().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException)
            || System.nanoTime() - start > LONGEST_NANOS) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private Map<TopicPartition, OffsetSpec> ends(int partitions) {
    return IntStream.range(0, partitions)
        .boxed()
        .flatMap(i -> Stream.of(new TopicPartition(input, i), new TopicPartition(output, i)))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  @Override
  public void close() throws ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.deleteTopics(List.of(input, output)).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
