package io.weir.benchmarks.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.benchmarks.frame.Workplace;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Recorded spans, copy after copy, each with ids and times of its own, in both formats: lines of
 * JSON, and Protocol Buffers behind their lengths. Each format is two files that both reach over
 * the whole time, so that two readers side by side are never far apart.
 */
final class SpanFiles implements AutoCloseable {

  private static final int FILES = 2;
  private static final int BUFFER_BYTES = 1 << 20;

  private final ObjectMapper json = new ObjectMapper();
  private final List<DataOutputStream> jsonFiles = new ArrayList<>();
  private final List<DataOutputStream> protoFiles = new ArrayList<>();

  private SpanFiles(Path folder) throws IOException {
    for (int file = 0; file < FILES; file++) {
      jsonFiles.add(create(folder.resolve("json").resolve("spans-" + file + ".jsonl")));
      protoFiles.add(create(folder.resolve("proto").resolve("spans-" + file + ".binpb")));
    }
  }

  private static DataOutputStream create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new DataOutputStream(
        new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
  }

  /**
   * Writes the folders {@code json} and {@code proto}.
   *
   * @param recorded lines of OTLP JSON, gzipped
   * @param place whose folder takes them
   * @return what is in each of them
   */
  static SpanTotals write(Path recorded, long copies, Workplace place) throws IOException {
    SpanTotals once = total(recorded);
    try (SpanFiles files = new SpanFiles(place.folder())) {
      for (long copy = 0; copy < copies; copy++) {
        files.append(recorded, new Copy(copy, copy * once.periodNanos()));
      }
    }
    return once.times(copies);
  }

  private static SpanTotals total(Path recorded) throws IOException {
    SpanTotals.Counter counter = new SpanTotals.Counter();
    ObjectMapper reader = new ObjectMapper();
    try (BufferedReader lines = open(recorded)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        OtlpTrees.forEachSpan(reader.readTree(line), counter::add);
      }
    }
    return counter.total();
  }

  private void append(Path recorded, Copy copy) throws IOException {
    try (BufferedReader lines = open(recorded)) {
      int file = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode traces = json.readTree(line);
        OtlpTrees.forEachSpan(traces, copy::mark);
        append(traces, file++ % FILES);
      }
    }
  }

  private void append(JsonNode traces, int file) throws IOException {
    jsonFiles.get(file).write(json.writeValueAsBytes(traces));
    jsonFiles.get(file).write('\n');
    byte[] message = OtlpTrees.toMessage(traces).toByteArray();
    protoFiles.get(file).writeInt(message.length);
    protoFiles.get(file).write(message);
  }

  private static BufferedReader open(Path recorded) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(recorded), BUFFER_BYTES),
            StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    for (DataOutputStream file : jsonFiles) {
      file.close();
    }
    for (DataOutputStream file : protoFiles) {
      file.close();
    }
  }
}
