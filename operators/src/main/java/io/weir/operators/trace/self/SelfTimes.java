package io.weir.operators.trace.self;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The self times of the current trace's spans, in keyed state: each is told once, when all of the
 * span's children must have come. A span is kept as long as the trace's others, so state is bounded
 * by what is remembered of traces anyway. While nobody asks, nothing is kept or done.
 *
 * <p>What cannot be known is not told, but counted: spans of traces that began before somebody
 * asked, spans that are so long that their first children may be forgotten, and all of them where
 * spans are forgotten before the last of their children can have come.
 */
public final class SelfTimes {

  /** What is told: the self time of one span, as {@link ShiftedLog} has it, at the span's end. */
  public static final Schema SCHEMA =
      Schema.of(new Column("service", ColumnType.STRING), new Column("self_log", ColumnType.LONG));

  /** Takes what is told. */
  public interface Receiver {
    void take(Row row, long timeMillis);
  }

  /** So long after a span's end all of its children have ended, or do not count. */
  public static final long WAIT_MILLIS = Siblings.MOST_LATE_MILLIS;

  private final ListState<EndedSpan> state;
  private final long longestMicros;
  private final Receiver receiver;
  private final Counter unknown;
  private AskedServices asked = AskedServices.NONE;
  private boolean mayHoldAny;

  /**
   * Nobody asks yet.
   *
   * @param longestMicros spans that are longer may outlive the memory of their first children
   * @param restored whether there may be state
   * @param unknown counts spans whose self time cannot be known
   */
  public SelfTimes(
      RuntimeContext context,
      long longestMicros,
      boolean restored,
      Receiver receiver,
      Counter unknown) {
    state =
        context.getListState(new ListStateDescriptor<>("self-times", EndedSpanSerializer.INSTANCE));
    this.longestMicros = longestMicros;
    mayHoldAny = restored;
    this.receiver = receiver;
    this.unknown = unknown;
  }

  public void ask(AskedServices services) {
    asked = services;
    mayHoldAny |= isAsked();
  }

  /** Whether there may be spans; if not, there is nothing to tell. */
  public boolean mayHoldAny() {
    return mayHoldAny;
  }

  public boolean isAsked() {
    return !asked.isEmpty();
  }

  /**
   * Takes a span of the current trace that did not come before.
   *
   * @param parent its own id where it has none
   */
  public void add(long id, long parent, String service, long endMillis, long durationMicros)
      throws Exception {
    if (isAsked()) {
      state.add(new EndedSpan(id, parent, service, endMillis, durationMicros, false));
    }
  }

  /**
   * Tells the self times of the current trace's spans that ended up to a time.
   *
   * @param remembered how many spans there are; if not all of them are here, nothing can be known
   */
  public void tell(long untilMillis, int remembered) throws Exception {
    List<EndedSpan> spans = spans();
    if (spans.stream().noneMatch(span -> isDue(span, untilMillis))) {
      return;
    }
    Siblings siblings = spans.size() == remembered ? new Siblings(spans) : null;
    List<EndedSpan> after = new ArrayList<>(spans.size());
    for (EndedSpan span : spans) {
      if (isDue(span, untilMillis)) {
        tell(span, siblings);
        after.add(span.asMeasured());
      } else {
        after.add(span);
      }
    }
    state.update(after);
  }

  private static boolean isDue(EndedSpan span, long untilMillis) {
    return !span.measured() && span.endMillis() <= untilMillis;
  }

  private void tell(EndedSpan span, @Nullable Siblings siblings) {
    if (!asked.contains(span.service())) {
      return;
    }
    if (siblings == null || span.durationMicros() > longestMicros) {
      unknown.inc();
      return;
    }
    Row row = new Row(SCHEMA.size());
    row.setText(0, span.service());
    row.setLong(1, ShiftedLog.of(siblings.selfMicrosOf(span)));
    receiver.take(row, span.endMillis());
  }

  /** Forgets spans of the current trace that are not later than a time. */
  public void forget(long millis) throws Exception {
    List<EndedSpan> spans = spans();
    List<EndedSpan> left = new ArrayList<>(spans.size());
    for (EndedSpan span : spans) {
      if (span.endMillis() > millis) {
        left.add(span);
      } else if (!span.measured() && asked.contains(span.service())) {
        unknown.inc();
      }
    }
    if (left.size() < spans.size()) {
      state.update(left);
    }
  }

  private List<EndedSpan> spans() throws Exception {
    List<EndedSpan> spans = new ArrayList<>();
    if (mayHoldAny) {
      state.get().forEach(spans::add);
    }
    return spans;
  }
}
