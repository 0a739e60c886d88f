package io.weir.benchmarks.store;

import io.weir.benchmarks.frame.Median;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The result, for people and as a line of JSON. The first contestant is compared with the others.
 */
final class Report {

  private final List<Contestant> contestants;
  private final String machine;

  Report(List<Contestant> contestants, String machine) {
    this.contestants = contestants;
    this.machine = machine;
  }

  static String header() {
    return row("round", "side", Stream.of(Figure.values()).map(Figure::key).toList());
  }

  /** What was measured of a contestant in a round, counted from 0. */
  static String line(int round, Contestant contestant) {
    return row(
        String.valueOf(round + 1),
        contestant.name(),
        Stream.of(Figure.values())
            .map(figure -> value(figure, contestant.rounds(figure), round))
            .toList());
  }

  private static String value(Figure figure, List<Double> rounds, int round) {
    return round < rounds.size() ? figure.format(rounds.get(round)) : "";
  }

  /** Medians, and how the first contestant compares: above 1 it is the better one. */
  String summary() {
    Stream<String> medians =
        contestants.stream().map(each -> row("median", each.name(), medians(each)));
    Stream<String> ratios =
        others().map(other -> row("ratio", "to " + other.name(), ratios(other)));
    return Stream.concat(medians, ratios).collect(Collectors.joining("\n"));
  }

  private static String row(String first, String second, List<String> rest) {
    return String.format(Locale.ROOT, "%-7s %-13s", first, second)
        + rest.stream()
            .map(each -> String.format(Locale.ROOT, "%16s", each))
            .collect(Collectors.joining());
  }

  private static List<String> medians(Contestant contestant) {
    return Stream.of(Figure.values())
        .map(
            figure ->
                contestant.rounds(figure).isEmpty() ? "" : figure.format(contestant.median(figure)))
        .toList();
  }

  private List<String> ratios(Contestant other) {
    return Stream.of(Figure.values())
        .map(
            figure ->
                other.rounds(figure).isEmpty()
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", ratio(figure, other)))
        .toList();
  }

  private Stream<Contestant> others() {
    return contestants.stream().skip(1);
  }

  /** The middle of the ratios of all rounds: the sides of a round met the same load. */
  private double ratio(Figure figure, Contestant other) {
    List<Double> ours = contestants.get(0).rounds(figure);
    List<Double> theirs = other.rounds(figure);
    return Median.of(
        IntStream.range(0, ours.size()).boxed().toList(),
        round -> figure.ratio(ours.get(round), theirs.get(round)));
  }

  String json() {
    String first = fields(contestants.get(0));
    String rest =
        others()
            .map(
                each ->
                    ",\"%s\":{%s},\"vs_%s\":{%s}"
                        .formatted(each.name(), fields(each), each.name(), ratioFields(each)))
            .collect(Collectors.joining());
    return "{\"benchmark\":\"store\",\"side\":\"%s\",%s%s,\"machine\":\"%s\"}"
        .formatted(contestants.get(0).name(), first, rest, machine);
  }

  private static String fields(Contestant contestant) {
    return Stream.of(Figure.values())
        .filter(figure -> !contestant.rounds(figure).isEmpty())
        .map(
            figure -> "\"%s\":%s".formatted(figure.key(), figure.format(contestant.median(figure))))
        .collect(Collectors.joining(","));
  }

  private String ratioFields(Contestant other) {
    return Stream.of(Figure.values())
        .filter(figure -> !other.rounds(figure).isEmpty())
        .map(
            figure -> String.format(Locale.ROOT, "\"%s\":%.2f", figure.key(), ratio(figure, other)))
        .collect(Collectors.joining(","));
  }
}
