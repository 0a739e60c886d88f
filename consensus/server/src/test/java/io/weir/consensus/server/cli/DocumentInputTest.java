package io.weir.consensus.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Limits;
import io.weir.consensus.StoreException.InvalidRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentInputTest {

  @TempDir private Path folder;

  private static String piped(InputStream input) {
    return new DocumentInput(input).text("-");
  }

  private String read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("document.yaml"), bytes);
    return new DocumentInput(InputStream.nullInputStream()).text(file.toString());
  }

  @Test
  void takesWhatIsThere() throws IOException {
    byte[] bytes = "größe: 1\r\n".getBytes(UTF_8);

    assertThat(read(bytes)).isEqualTo("größe: 1\r\n");
    assertThat(piped(new ByteArrayInputStream(bytes))).isEqualTo("größe: 1\r\n");
  }

  @Test
  void refusesWhatIsNotUtf8InsteadOfChangingIt() {
    byte[] bytes = "größe: 1".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("document.yaml is not UTF-8");
    assertThatThrownBy(() -> piped(new ByteArrayInputStream(bytes)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("standard input is not UTF-8");
  }

  @Test
  void readsNoMoreThanTellsThatItIsTooLarge() throws IOException {
    byte[] large = "é".repeat(Limits.DOCUMENT_BYTES).getBytes(UTF_8);
    ByteArrayInputStream input = new ByteArrayInputStream(large);

    String text = piped(input);

    assertThat(text.getBytes(UTF_8)).hasSizeGreaterThan(Limits.DOCUMENT_BYTES);
    assertThat(input.available()).isEqualTo(large.length - Limits.DOCUMENT_BYTES - 1);
    assertThat(read(large)).isEqualTo(text);
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThatThrownBy(() -> new DocumentInput(InputStream.nullInputStream()).text("none.yaml"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("none.yaml cannot be read: there is no such file");
  }
}
