package io.weir.jobs.anomaly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream.Committer;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes each series to the file of its name, keyed by it: rows in the order of arrival, exactly
 * once. A file is hidden while it grows. It appears as a whole, by renaming, when the checkpoint
 * that holds its end is complete, and replaces one that was there.
 *
 * <p>What has been written stands in keyed state, so that after a failure, and at another
 * parallelism, whoever gets the series cuts its file to what the checkpoint holds and goes on.
 * {@code finished} holds the ends that are not known to be complete.
 */
// Flink calls initializeState before anything else.
@SuppressWarnings("NullAway.Init")
final class MirrorOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<ScoredRow, Void> {

  private static final long serialVersionUID = 1;

  private static final String FINISHED = "finished";

  private final String folder;
  private final boolean checkpointed;

  private transient RecoverableWriter writer;
  private transient ValueState<byte[]> growing;
  private transient ValueState<byte[]> finished;

  private transient Map<String, SeriesFile> open;
  private transient Map<String, Committer> ended;
  // By the checkpoint that holds them.
  private transient NavigableMap<Long, Map<String, Committer>> held;

  /**
   * Names the folder.
   *
   * @param folder absolute, or a URI; made where missing
   * @param checkpointed whether the job takes checkpoints; if not, files appear when all input has
   *     ended
   */
  MirrorOperator(String folder, boolean checkpointed) {
    this.folder = folder;
    this.checkpointed = checkpointed;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    Path root = new Path(folder);
    writer = FileSystem.get(root.toUri()).createRecoverableWriter();
    open = new HashMap<>();
    ended = new HashMap<>();
    held = new TreeMap<>();
    growing = context.getKeyedStateStore().getState(bytes("growing"));
    finished = context.getKeyedStateStore().getState(bytes(FINISHED));
    if (context.isRestored()) {
      showRestored();
    }
  }

  private static ValueStateDescriptor<byte[]> bytes(String name) {
    return new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** The checkpoint is complete, else nobody could be restored from it. */
  private void showRestored() throws IOException {
    List<Object> files = new ArrayList<>();
    try (var keys = getKeyedStateBackend().getKeys(FINISHED, VoidNamespace.INSTANCE)) {
      keys.forEach(files::add);
    }
    for (Object file : files) {
      setCurrentKey(file);
      writer
          .recoverForCommit(
              SimpleVersionedSerialization.readVersionAndDeSerialize(
                  writer.getCommitRecoverableSerializer(), finished.value()))
          .commitAfterRecovery();
      finished.clear();
    }
  }

  @Override
  public void processElement(StreamRecord<ScoredRow> element) throws IOException {
    ScoredRow row = element.getValue();
    SeriesFile file = open.get(row.file());
    if (file == null) {
      file = open(row.file());
      open.put(row.file(), file);
    }
    if (row.end()) {
      end(row.file(), file);
    } else {
      file.write(row.line(), row.score());
    }
  }

  private SeriesFile open(String name) throws IOException {
    byte[] known = growing.value();
    return known == null
        ? SeriesFile.create(writer.open(new Path(new Path(folder), name)))
        : SeriesFile.resume(
            writer.recover(
                SimpleVersionedSerialization.readVersionAndDeSerialize(
                    writer.getResumeRecoverableSerializer(), known)));
  }

  private void end(String name, SeriesFile file) throws IOException {
    open.remove(name);
    growing.clear();
    Committer committer = file.end();
    finished.update(
        SimpleVersionedSerialization.writeVersionAndSerialize(
            writer.getCommitRecoverableSerializer(), committer.getRecoverable()));
    ended.put(name, committer);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<String, SeriesFile> file : open.entrySet()) {
      setCurrentKey(file.getKey());
      growing.update(
          SimpleVersionedSerialization.writeVersionAndSerialize(
              writer.getResumeRecoverableSerializer(), file.getValue().persist()));
    }
    held.put(context.getCheckpointId(), ended);
    ended = new HashMap<>();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    Map<Long, Map<String, Committer>> complete = held.headMap(checkpoint, true);
    for (Map<String, Committer> files : complete.values()) {
      show(files);
    }
    complete.clear();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    if (!checkpointed) {
      show(ended);
    }
  }

  private void show(Map<String, Committer> files) throws IOException {
    for (Map.Entry<String, Committer> file : files.entrySet()) {
      file.getValue().commit();
      setCurrentKey(file.getKey());
      finished.clear();
    }
  }

  @Override
  public void close() throws Exception {
    if (open != null) {
      for (SeriesFile file : open.values()) {
        file.close();
      }
    }
    super.close();
  }
}
