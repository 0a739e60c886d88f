package io.weir.consensus.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {

  // printf %s hello | sha256sum
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  private static final String OTHER = HELLO.replace('2', '3');

  @TempDir private Path folder;

  private Tokens read(String yaml) throws IOException {
    return TokenFile.read(Files.writeString(folder.resolve("tokens.yaml"), yaml));
  }

  @Test
  void findsATokenByItsCharacters() throws IOException {
    Tokens tokens =
        read(
            "tokens:\n- {name: ann, role: propose, sha256: \"%s\"}\n- {name: bob, role: read, sha256: \"%s\"}"
                .formatted(HELLO, OTHER));

    assertThat(tokens.find("hello")).map(Token::name).contains("ann");
    assertThat(tokens.find("hello")).map(Token::role).contains(Role.PROPOSE);
    assertThat(tokens.find("hello ")).isEmpty();
    assertThat(tokens.find(HELLO)).isEmpty();
    assertThat(tokens.find("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tokens: [{name: a, role: boss, sha256: H}] | /tokens/0: role 'boss': read, propose and admin",
        "tokens: [{name: a, role: read, sha256: H}, {name: a b, role: read, sha256: H}] | /tokens/1: name 'a b'",
        "tokens: [{name: a, role: read, sha256: xyz}] | /tokens/0: sha256 must be 64 hexadecimal",
        "tokens: [{name: a, role: read, sha256: abcd}] | /tokens/0: sha256: 2 bytes",
        "tokens: [{name: a, role: read, sha256: H}, {name: b, role: read, sha256: H}] | 'b' comes twice",
        "tokens: [{name: a, role: read, sha256: H, until: 3}] | until is not known",
        "tokens: [] | 0 tokens",
        "users: [] | must have one key, tokens",
        "`tokens: [` | not YAML",
      })
  void namesFileAndPlaceOfAMistake(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.replace("H", '"' + HELLO + '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void saysWhenThereIsNoFile() {
    assertThatThrownBy(() -> TokenFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml: cannot be read");
  }
}
