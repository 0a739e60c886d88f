package io.weir.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  private static final int MOST = Limits.DOCUMENT_BYTES;

  /** Around the pieces in which bytes come out, and the bounds. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8 * 1024 - 1, 8 * 1024, 8 * 1024 + 1, 16 * 1024, MOST - 1, MOST})
  void bringsBackWhatWasCompressedWhateverItsSize(int size) {
    byte[] alike = new byte[size];
    byte[] random = new byte[size];
    new Random(size).nextBytes(random);

    assertThat(Compression.inflate(Compression.deflate(alike), MOST)).isEqualTo(alike);
    assertThat(Compression.inflate(Compression.deflate(random), MOST)).isEqualTo(random);
  }

  @Test
  void refusesWhatBecomesLargerThanAllowed() {
    byte[] compressed = Compression.deflate(new byte[MOST + 1]);

    assertThatThrownBy(() -> Compression.inflate(compressed, MOST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(MOST));
  }

  @Test
  void refusesWhatIsCutOff() {
    byte[] compressed = Compression.deflate("limit: 5".getBytes(UTF_8));

    for (int length = 0; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      assertThatThrownBy(() -> Compression.inflate(cut, MOST))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
