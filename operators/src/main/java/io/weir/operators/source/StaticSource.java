package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of origins that are known when the job starts.
 *
 * <p>When all readers are there, each gets its share of the origins, balanced by size, at once. It
 * announces all of them, reads them one after the other in the order of their names (or in turn,
 * where {@link Origins#isInterleaved()}) and closes each. Positions are exact: after a restore,
 * also into another parallelism, every record that the checkpoint does not hold is read once more,
 * and no other. Each subtask has the gauges {@code workDone} and {@code workTotal}: the sum over
 * the origins that it was given since it started, in the origins' unit, -1 in total where one of
 * them is endless.
 */
public final class StaticSource
    implements Source<RawRecord, OriginSplit, WaitingSplits>, ResultTypeQueryable<RawRecord> {

  private static final long serialVersionUID = 1;

  private final Origins origins;

  public StaticSource(Origins origins) {
    this.origins = origins;
  }

  @Override
  public Boundedness getBoundedness() {
    return origins.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<OriginSplit, WaitingSplits> createEnumerator(
      SplitEnumeratorContext<OriginSplit> context) {
    return StaticEnumerator.fresh(context, origins);
  }

  @Override
  public SplitEnumerator<OriginSplit, WaitingSplits> restoreEnumerator(
      SplitEnumeratorContext<OriginSplit> context, WaitingSplits waiting) {
    return StaticEnumerator.restored(context, waiting);
  }

  @Override
  public SourceReader<RawRecord, OriginSplit> createReader(SourceReaderContext context) {
    return new StaticReader(origins, context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<OriginSplit> getSplitSerializer() {
    return new OriginSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<WaitingSplits> getEnumeratorCheckpointSerializer() {
    return new WaitingSplits.Serializer();
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecordTypeInfo.INSTANCE;
  }
}
