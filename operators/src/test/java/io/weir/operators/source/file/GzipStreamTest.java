package io.weir.operators.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {

  private final Random random = new Random(7);

  @Test
  void joinsMembersThoughTheInputTricklesAndNeverSaysWhatIsAvailable() throws IOException {
    byte[] one = bytes(100_000);
    byte[] two = bytes(3);
    byte[] file = join(gzip(one), gzip(new byte[0]), gzip(two));

    byte[] read = new GzipStream(trickling(file)).readAllBytes();

    assertThat(read).isEqualTo(join(one, two));
  }

  @Test
  void readsHeadersWithEveryOptionalField() throws IOException {
    byte[] plain = gzip(bytes(50));
    byte[] extra = {3, 0, 1, 2, 3};
    byte[] names = {'a', '.', 'l', 0, 'c', 0};
    byte[] checksum = {9, 9};
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 2 | 4 | 8 | 16;
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

    byte[] read = read(join(header, extra, names, checksum, rest));

    assertThat(read).isEqualTo(read(plain));
  }

  @Test
  void acceptsZerosBehindTheLastMember() throws IOException {
    byte[] content = bytes(1000);

    assertThat(read(join(gzip(content), new byte[512]))).isEqualTo(content);
  }

  @Test
  void countsTheCompressedBytesThatItUsed() throws IOException {
    byte[] file = join(gzip(bytes(1000)), gzip(bytes(1000)));
    GzipStream stream = new GzipStream(new ByteArrayInputStream(file));

    stream.readNBytes(500);
    assertThat(stream.compressedBytes()).isPositive().isLessThan(file.length);
    stream.readAllBytes();
    assertThat(stream.compressedBytes()).isEqualTo(file.length);
  }

  @Test
  void refusesDataThatEndsTooEarlyWhereverItIsCut() throws IOException {
    byte[] file = gzip(bytes(200));

    for (int length = 1; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void refusesASecondMemberWithADamagedHeader() throws IOException {
    byte[] second = gzip(bytes(10));
    second[1] = 0;

    assertThatThrownBy(() -> read(join(gzip(bytes(10)), second)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not gzip");
  }

  @Test
  void neverDeliversOtherContentWhereABitWasFlipped() throws IOException {
    byte[] content = bytes(200);
    byte[] file = gzip(content);

    for (int bit = 10 * 8; bit < file.length * 8; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        // Bits that only fill up a byte mean nothing.
        assertThat(read(damaged)).isEqualTo(content);
      } catch (IOException e) {
        assertThat(e).hasMessageMatching(".*(damaged gzip|not gzip|ends too early).*");
      }
    }
  }

  private static byte[] read(byte[] file) throws IOException {
    return new GzipStream(new ByteArrayInputStream(file)).readAllBytes();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private InputStream trickling(byte[] file) {
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] target, int from, int length) {
        return super.read(target, from, Math.min(length, 1 + random.nextInt(20)));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
