package io.weir.operators.epoch.stamp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Writes stamps into the files of one folder, a {@link StampLine} each. A file appears under its
 * name, by renaming, when the checkpoint that holds its stamps has completed: what failures undo is
 * never seen. Jobs may share a folder.
 */
public final class StampFiles {

  private StampFiles() {}

  /**
   * Adds the sink of all stamps of a job.
   *
   * @param stamps side outputs {@link Stamp#OUTPUT} of all operators that stamp
   * @param folder absolute; made where missing
   * @param uid of the sink
   */
  public static void write(DataStream<Stamp> stamps, Path folder, String uid) {
    stamps.sinkTo(sink(folder)).uid(uid).name(uid);
  }

  private static FileSink<Stamp> sink(Path folder) {
    return FileSink.forRowFormat(folder, new Lines())
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("stamps").withPartSuffix(".jsonl").build())
        .build();
  }

  private static final class Lines implements Encoder<Stamp> {
    private static final long serialVersionUID = 1;

    @Override
    public void encode(Stamp stamp, OutputStream out) throws IOException {
      out.write(StampLine.encode(stamp).getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
  }
}
