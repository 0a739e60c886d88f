package io.weir.consensus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStoreSettingsTest {

  private static HttpStoreSettings settings(String node, String token)
      throws NoSuchAlgorithmException {
    return HttpStoreSettings.of(List.of(URI.create(node)), SSLContext.getDefault(), token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a:1", "a:1", "https://a:1/v1", "https:///x"})
  void refusesNodesThatAreNotHttps(String node) {
    assertThatThrownBy(() -> settings(node, "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ü"})
  void refusesTokensThatDoNotFitAHeader(String token) {
    assertThatThrownBy(() -> settings("https://a:1", token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void asksANodeThatIsNamedTwiceAsOne() throws NoSuchAlgorithmException {
    URI one = URI.create("https://a:1");
    URI other = URI.create("https://b:1");

    HttpStoreSettings settings =
        HttpStoreSettings.of(List.of(one, other, one), SSLContext.getDefault(), "t");

    assertThat(settings.nodes()).containsExactly(one, other);
  }

  @Test
  void keepsTheTokenToItself() throws NoSuchAlgorithmException {
    assertThat(settings("https://a:1", "secret").toString()).doesNotContain("secret");
  }
}
