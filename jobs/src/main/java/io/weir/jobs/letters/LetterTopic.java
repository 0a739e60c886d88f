package io.weir.jobs.letters;

import java.io.IOException;
import java.util.function.Consumer;

/** Dead letters as JSON in the records of a topic. */
final class LetterTopic implements LetterPlace {

  private final KafkaPlace kafka;
  private final String topic;

  LetterTopic(KafkaPlace kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  @Override
  public void read(Consumer<Letter> reader) throws IOException {
    LetterRows rows = new LetterRows(reader);
    try (CommittedRecords records = new CommittedRecords(kafka)) {
      records.read(
          topic,
          record -> {
            if (record.value() != null) {
              rows.row(
                  record.value(), topic + "-" + record.partition() + " offset " + record.offset());
            }
          });
    }
    rows.end();
  }

  @Override
  public String toString() {
    return "topic " + topic + " of " + kafka;
  }
}
