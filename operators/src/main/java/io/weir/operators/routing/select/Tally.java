package io.weir.operators.routing.select;

/** How often each channel was chosen. For one thread; others see it some time later. */
final class Tally {

  private final long[] counts;

  Tally(int channels) {
    counts = new long[channels];
  }

  void add(int channel, int records) {
    counts[channel] += records;
  }

  void add(char[] turns) {
    for (char channel : turns) {
      counts[channel]++;
    }
  }

  void takeBack(char[] turns, int from, int until) {
    for (int turn = from; turn < until; turn++) {
      counts[turns[turn]]--;
    }
  }

  void addTo(long[] sums) {
    for (int channel = 0; channel < counts.length; channel++) {
      sums[channel] += counts[channel];
    }
  }
}
