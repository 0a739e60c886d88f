package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.TestCluster;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several configured operators in one task, chained to a source; one of them holds rows. */
@Timeout(300)
class ChainTest {

  @Test
  void whatAnOperatorPassesOnBeforeABarrierMeetsTheOldVersionInTheNextOne() throws Exception {
    try (TestCluster cluster = TestCluster.start(1, 4, new Configuration());
        LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.CHAIN_THAT_HOLDS)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime().awaitSwitches(3);
      assertThat(running.subtasks("numbers -> first -> hold -> check")).isEqualTo(4);

      job.faults().fail(Stages.FIRST, 2);
      await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
      job.awaitSwitches(3);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
      assertThat(job.versions()).hasSizeGreaterThan(3);
    }
  }
}
