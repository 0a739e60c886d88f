package io.weir.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static Revision adoption(String author, String reason) {
    return new Revision(
        "job",
        7,
        Change.Kind.ADOPT,
        Instant.ofEpochMilli(1_700_000_000_123L),
        author,
        reason,
        "request-1",
        0,
        new VersionId(5, "0".repeat(64)),
        Chain.hashDocument("a: 1"),
        Chain.hashDocument("before"),
        "",
        null);
  }

  /** Every release must find the hashes that are stored. */
  @Test
  void hashesAVersionAsEver() {
    String hash = Chain.hash(adoption("admin (ä)", "why"));

    assertThat(hash).isEqualTo("e4ed8e3d8aafb7461f7e5d375f873332c959ea7289ead843cb66b86ece161f4a");
  }

  @Test
  void hashesAVersionThatIsLongerThanUsualAsEver() {
    Revision revision =
        new Revision(
            "job",
            1,
            Change.Kind.SET,
            Instant.EPOCH,
            "x".repeat(900),
            "",
            "",
            3,
            null,
            "",
            "",
            "",
            null);

    assertThat(Chain.hash(revision))
        .isEqualTo("9339e1a2d33fd024c83a3ef36c427ea8ba5555f8ba01f03fab5387034e02d48f");
  }

  @Test
  void tellsTextsApartThatReadTheSameOneBehindTheOther() {
    assertThat(Chain.hash(adoption("ab", "c"))).isNotEqualTo(Chain.hash(adoption("a", "bc")));
  }
}
