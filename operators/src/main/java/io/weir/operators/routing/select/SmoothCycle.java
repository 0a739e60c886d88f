package io.weir.operators.routing.select;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * An order of channels, each as often as its weight says, that spreads them evenly: after any t
 * records no channel is 1 - 1/(2n-2) of a record or more away from t times its share (Tijdeman,
 * <i>The chairman assignment problem</i>, 1980). nginx's smooth weighted round robin has the same
 * purpose and takes whoever is furthest behind; here whoever must come first does, which has the
 * bound.
 */
final class SmoothCycle {

  private final long sum;
  // Of a channel's turns each has a first and a last moment; both are multiples of 1/(2n-2).
  private final long parts;

  private SmoothCycle(long sum, int channels) {
    this.sum = sum;
    parts = 2L * channels - 2;
  }

  /** A cycle as long as the sum of the weights, in steps of the logarithm of their number. */
  static char[] of(int[] weights) {
    int[] open = Weights.open(weights);
    if (open.length == 1) {
      return new char[] {(char) open[0]};
    }
    return new SmoothCycle(Weights.sum(weights), open.length).order(weights, open);
  }

  private final class Turn {
    private final int channel;
    private final int weight;
    private long earlier;
    private long from;
    private long until;

    private Turn(int channel, int weight) {
      this.channel = channel;
      this.weight = weight;
      set();
    }

    // The first moments at which the channel is 1/(2n-2), and 1 - 1/(2n-2), behind its share.
    private void set() {
      from = ceilDiv(sum * (earlier * parts + 1), weight * parts);
      until = ceilDiv(sum * (earlier * parts + parts - 1), weight * parts);
    }

    private Turn next() {
      earlier++;
      set();
      return this;
    }
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }

  private char[] order(int[] weights, int[] open) {
    Queue<Turn> waiting = new PriorityQueue<>(Comparator.comparingLong(turn -> turn.from));
    Queue<Turn> due = new PriorityQueue<>(Comparator.comparingLong(turn -> turn.until));
    for (int channel : open) {
      waiting.add(new Turn(channel, weights[channel]));
    }
    char[] cycle = new char[Math.toIntExact(sum)];
    for (int t = 1; t <= cycle.length; t++) {
      while (!waiting.isEmpty() && waiting.element().from <= t) {
        due.add(waiting.remove());
      }
      // INVARIANT: somebody is due, by Tijdeman's theorem.
      Turn turn = due.remove();
      cycle[t - 1] = (char) turn.channel;
      waiting.add(turn.next());
    }
    return cycle;
  }
}
