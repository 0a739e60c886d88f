package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source whose splits carry the clocks of their origins. Wraps a source whose split ids are the
 * origins of its records; its readers announce each origin by a mark before its first record.
 *
 * <p>Clocks cannot be kept by the gate itself. After a rescale an origin may be read by another
 * subtask, so the gate would need union list state; with that, Flink fails every checkpoint from
 * the moment that one of several source subtasks has finished (DefaultCheckpointPlan).
 *
 * @param <S> the splits of the wrapped source
 * @param <E> the state of its enumerator
 */
public final class ClockedSource<S extends SourceSplit, E>
    implements Source<RawRecord, ClockedSplit<S>, E>, ResultTypeQueryable<RawRecord> {

  private static final long serialVersionUID = 1;

  private final Source<RawRecord, S, E> source;

  public ClockedSource(Source<RawRecord, S, E> source) {
    this.source = source;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SourceReader<RawRecord, ClockedSplit<S>> createReader(SourceReaderContext context)
      throws Exception {
    return new ClockedReader<>(source.createReader(context));
  }

  @Override
  public SplitEnumerator<ClockedSplit<S>, E> createEnumerator(
      SplitEnumeratorContext<ClockedSplit<S>> context) throws Exception {
    return new ClockedEnumerator<>(source.createEnumerator(new UnclockedContext<>(context)));
  }

  @Override
  public SplitEnumerator<ClockedSplit<S>, E> restoreEnumerator(
      SplitEnumeratorContext<ClockedSplit<S>> context, E checkpoint) throws Exception {
    return new ClockedEnumerator<>(
        source.restoreEnumerator(new UnclockedContext<>(context), checkpoint));
  }

  @Override
  public SimpleVersionedSerializer<ClockedSplit<S>> getSplitSerializer() {
    return new ClockedSplitSerializer<>(source.getSplitSerializer());
  }

  @Override
  public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecordTypeInfo.INSTANCE;
  }
}
