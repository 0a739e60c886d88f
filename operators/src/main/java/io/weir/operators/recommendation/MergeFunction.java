package io.weir.operators.recommendation;

import io.weir.operators.recommendation.message.Outcome;
import io.weir.operators.recommendation.message.Partial;
import io.weir.operators.recommendation.ranking.Ranking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes one outcome of what the subtasks of the model have for a user. It has no state: all parts
 * of an action stand before the same barrier.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class MergeFunction extends KeyedProcessFunction<String, Partial, Outcome>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1;

  private final ModelOutput wanted;
  private transient Map<Action, List<Partial>> waiting;

  MergeFunction(ModelOutput wanted) {
    this.wanted = wanted;
  }

  /** Which action parts belong to. */
  private record Action(String user, long sequence) {}

  @Override
  public void open(OpenContext context) {
    waiting = new HashMap<>();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {}

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // INVARIANT: lessons of one action go out together, so a barrier never stands between parts.
    if (!waiting.isEmpty()) {
      throw new IllegalStateException(
          "parts are missing at checkpoint %d: %s"
              .formatted(context.getCheckpointId(), waiting.keySet()));
    }
  }

  @Override
  public void processElement(Partial partial, Context context, Collector<Outcome> out) {
    if (partial.parts() == 1) {
      out.collect(merged(List.of(partial)));
      return;
    }
    Action action = new Action(partial.user(), partial.sequence());
    List<Partial> parts = waiting.computeIfAbsent(action, each -> new ArrayList<>());
    parts.add(partial);
    if (parts.size() == partial.parts()) {
      waiting.remove(action);
      out.collect(merged(parts));
    }
  }

  private Outcome merged(List<Partial> parts) {
    Partial first = parts.get(0);
    Ranking judged = best(parts, wanted.judged(), true);
    Ranking served = best(parts, wanted.served(), false);
    byte[] reasons = new byte[served.size()];
    long[] because = new long[served.size()];
    int pairs = 0;
    for (Partial part : parts) {
      pairs += part.pairs();
      for (int i = 0; i < part.items().length; i++) {
        int rank = served.rankOf(part.items()[i]);
        if (rank >= 0) {
          reasons[rank] = part.reasons()[i];
          because[rank] = part.because()[i];
        }
      }
    }
    return new Outcome(
        first.user(),
        first.item(),
        first.timeMillis(),
        first.receivedMillis(),
        first.version(),
        pairs,
        parts.size(),
        first.isJudged(),
        judged.rankOf(first.item()),
        judged.items(),
        served.items(),
        served.scores(),
        reasons,
        because);
  }

  private static Ranking best(List<Partial> parts, int most, boolean judged) {
    Ranking.Best best = new Ranking.Best(most);
    for (Partial part : parts) {
      long[] items = judged ? part.judged() : part.items();
      double[] scores = judged ? part.judgedScores() : part.scores();
      for (int i = 0; i < items.length && best.admits(scores[i]); i++) {
        best.offer(items[i], scores[i]);
      }
    }
    return best.ranking();
  }
}
