package io.weir.jobs.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** The log, the answers beside it, and what a regular expression finds in the log. */
final class ApacheAnswers {

  // Method, URL, status, size; the broken line ends before its last quote.
  private static final Pattern REQUEST =
      Pattern.compile("^[^\"]*\"\\S+ (\\S+)[^\"]*\" \\d{3} (\\d+|-) .*\"$");

  private final Path log;
  private final List<String> lines;
  private final List<String> minutes;
  private final List<String> hours;
  private final Map<String, Long> urls = new HashMap<>();
  private final long[] bytes;

  private ApacheAnswers(Path folder) throws IOException {
    log = folder.resolve("apache.log").toRealPath();
    lines = Files.readAllLines(log);
    minutes = body(folder.resolve("apache.per-minute.csv"));
    hours = body(folder.resolve("apache.hourly-top10-urls.csv"));
    List<Matcher> requests = lines.stream().map(REQUEST::matcher).filter(Matcher::matches).toList();
    requests.forEach(request -> urls.merge(request.group(1), 1L, Long::sum));
    bytes =
        requests.stream()
            .map(request -> request.group(2).replace("-", "0")) // a response without a body
            .mapToLong(Long::parseLong)
            .sorted()
            .toArray();
  }

  private static List<String> body(Path csv) throws IOException {
    List<String> all = Files.readAllLines(csv);
    return all.subList(1, all.size());
  }

  /** Skips the test where there is no data. */
  static ApacheAnswers read() throws IOException {
    Path folder =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("../../shared/data"))
            .resolve("web-logs");
    Assumptions.assumeTrue(Files.exists(folder), folder + " is not there");
    return new ApacheAnswers(folder);
  }

  Path log() {
    return log;
  }

  /** A line by its number from 1. */
  String line(int number) {
    return lines.get(number - 1);
  }

  /** The known answers per minute, of some of the columns, in order. */
  List<String> minutes(int... columns) {
    return minutes.stream()
        .map(line -> line.split(","))
        .map(
            values ->
                IntStream.of(columns).mapToObj(i -> values[i]).collect(Collectors.joining(",")))
        .toList();
  }

  /** As {@code window,rank,"url",count}. */
  List<String> hourlyTopUrls() {
    return hours;
  }

  /** How often each URL was asked for. */
  Map<String, Long> urls() {
    return urls;
  }

  /** Which share of the sizes is below one. */
  double shareOfBytesBelow(long size) {
    return (double) Arrays.stream(bytes).filter(each -> each < size).count() / bytes.length;
  }
}
