package io.weir.operators.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

class RecentTextsTest {

  private final RecentTexts texts = new RecentTexts();

  private String read(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return texts.read(new DataInputDeserializer(utf8), utf8.length);
  }

  @Test
  void aTextThatComesAgainIsTheSameObject() throws IOException {
    String first = read("orders");
    read("stock");

    assertThat(read("orders")).isSameAs(first).isEqualTo("orders");
  }

  /** More of them than there is room for, of all lengths, some of which are never remembered. */
  @Test
  void everyTextIsReadAsItWasWritten() throws IOException {
    Random random = new Random(Long.getLong("seed", 42));

    for (int i = 0; i < 20_000; i++) {
      String text = "ä€".repeat(random.nextInt(30)) + random.nextInt(3_000);
      assertThat(read(text)).isEqualTo(text);
    }
    assertThat(read("")).isEmpty();
  }
}
