package io.weir.operators.trace.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DelayOperatorTest {

  @Test
  void holdsTimeBackButNotItsEnd() throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<Long, Long>(new DelayOperator<>(1_000));
    harness.open();

    harness.processWatermark(new Watermark(Long.MIN_VALUE + 5));
    harness.processElement(new StreamRecord<>(1L, 4_100));
    harness.processWatermark(new Watermark(5_000));
    harness.processWatermark(Watermark.MAX_WATERMARK);

    assertThat(harness.getOutput())
        .containsExactly(
            new StreamRecord<>(1L, 4_100), new Watermark(4_000), Watermark.MAX_WATERMARK);
    harness.close();
  }
}
