package io.weir.jobs.letters;

import io.weir.jobs.connectors.FileSinkSettings;
import io.weir.jobs.connectors.KafkaSinkSettings;
import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a job's settings say of its dead letters: where they lie, and where they came from.
 *
 * @param place of the letters
 * @param source the brokers of a job that reads from Kafka
 * @param topics of that job
 */
public record LettersOfJob(LetterPlace place, Optional<KafkaPlace> source, List<String> topics) {

  private static final String DEAD_LETTERS = "dead-letters";

  /**
   * Reads the two keys that count here, and no others.
   *
   * @throws io.weir.jobs.settings.InvalidSettingsException if they cannot be used
   */
  public static LettersOfJob read(
      @Nullable Path file, List<String> overrides, UnaryOperator<@Nullable String> environment) {
    Problems problems = new Problems();
    Section settings = new SettingsFile(problems, environment).read(file, overrides);
    LetterPlace place = place(settings);
    Section source = settings.sectionOrEmpty("source");
    Optional<Section> kafka =
        source.has("kafka") ? Optional.of(source.section("kafka")) : Optional.empty();
    Optional<KafkaPlace> servers = kafka.map(LettersOfJob::servers);
    List<String> topics = kafka.map(section -> section.texts("topic")).orElse(List.of());
    problems.throwIfAny();
    return new LettersOfJob(place, servers, topics);
  }

  private static KafkaPlace servers(Section kafka) {
    return new KafkaPlace(kafka.text("servers"), kafka.properties("properties"));
  }

  private static LetterPlace place(Section settings) {
    SinkSettings sink = SinkSettings.read(settings.section(DEAD_LETTERS), DEAD_LETTERS);
    if (sink instanceof FileSinkSettings files) {
      checkJson(settings, files.format());
      return folder(settings, files);
    }
    if (sink instanceof KafkaSinkSettings kafka) {
      checkJson(settings, kafka.format());
      Map<String, String> properties = kafka.properties();
      return new LetterTopic(new KafkaPlace(kafka.servers(), properties), kafka.topic());
    }
    settings.problem(DEAD_LETTERS, "only those in kafka and file are read; a table has SQL");
    return reader -> {};
  }

  private static void checkJson(Section settings, RowFormat format) {
    if (format != RowFormat.JSON) {
      settings.problem(DEAD_LETTERS, "only those of format json are read here");
    }
  }

  private static LetterPlace folder(Section settings, FileSinkSettings files) {
    var uri = FileSinkSettings.folder(files.path()).toUri();
    if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
      settings.problem(DEAD_LETTERS, "only folders of this machine are read, not " + uri);
      return reader -> {};
    }
    return new LetterFiles(Path.of(uri.getPath()));
  }

  /**
   * How letters go back.
   *
   * @param topic empty: the only one that the job reads
   * @throws IllegalArgumentException when that is not clear
   */
  public TopicReplay replay(Optional<String> topic, InstantSource clock) {
    KafkaPlace target =
        source.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the job does not read from Kafka; use --to-file, and give that file to it"));
    if (topic.isEmpty() && topics.size() != 1) {
      throw new IllegalArgumentException(
          "the job reads the topics " + String.join(", ", topics) + "; choose with --topic");
    }
    return new TopicReplay(target, topic.orElseGet(() -> topics.get(0)), clock);
  }
}
