package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Change;
import io.weir.consensus.Limits;
import io.weir.consensus.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a document may be: of what size, and by which schema. */
interface DocumentContract extends StoreUnderTest {

  @Test
  default void takesTheLargestDocumentAndRefusesALargerOne() {
    String largest = "a: " + "b".repeat(Limits.DOCUMENT_BYTES - 3);

    set(0, largest);

    assertThat(get(store().read(job())).document()).isEqualTo(largest);
    assertThatThrownBy(() -> set(1, largest + "b"))
        .isInstanceOfSatisfying(
            StoreException.DocumentTooLarge.class,
            refusal -> assertThat(refusal.writtenBytes()).isEqualTo(Limits.DOCUMENT_BYTES + 1));
    assertThat(get(store().read(job())).version()).isEqualTo(1);
  }

  @Test
  default void takesADocumentThatHardlyCompressesAndRefusesALargerOne() {
    // Hexadecimal digits compress to somewhat more than half.
    set(0, "a: " + randomHex(80 * 1024));

    assertThatThrownBy(() -> set(1, "a: " + randomHex(100 * 1024)))
        .isInstanceOfSatisfying(
            StoreException.DocumentTooLarge.class,
            refusal -> {
              assertThat(refusal.writtenBytes()).isEqualTo(100 * 1024 + 3);
              assertThat(refusal.compressedBytes()).isGreaterThan(Limits.COMPRESSED_BYTES);
            });
    assertThat(get(store().read(job())).version()).isEqualTo(1);
  }

  private static String randomHex(int length) {
    Random random = new Random(17);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  @Test
  default void keepsEveryCharacter() {
    String document = "text: \"ünï \uD83D\uDE80 \\u0000\"\r\n# end";

    set(0, document);

    assertThat(get(store().read(job())).document()).isEqualTo(document);
    assertThat(document.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(document.length());
  }

  @Test
  default void refusesWhatBreaksTheSchemaAndSaysWhere() {
    get(store().registerSchema(job(), NUMBER_SCHEMA));

    assertThatThrownBy(() -> set(0, "limit: 10"))
        .isInstanceOfSatisfying(
            StoreException.InvalidConfiguration.class,
            refusal -> {
              assertThat(refusal.violations()).hasSize(1);
              assertThat(refusal.violations().get(0).pointer()).isEqualTo("/limit");
              assertThat(refusal.violations().get(0).rule()).isEqualTo("maximum");
            });
    assertThatThrownBy(() -> get(store().read(job())))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThat(set(0, "limit: 9").version()).isEqualTo(1);
    assertThat(get(store().schema(job()))).contains(NUMBER_SCHEMA);
  }

  @Test
  default void doesNotLetALateRepetitionUndoALaterSchema() {
    String later = "{\"type\": \"object\"}";
    get(store().registerSchema(job(), NUMBER_SCHEMA, "first"));
    get(store().registerSchema(job(), later, "second"));

    get(store().registerSchema(job(), NUMBER_SCHEMA, "first"));

    assertThat(get(store().schema(job()))).contains(later);
    get(store().registerSchema(job(), NUMBER_SCHEMA, "third"));
    assertThat(get(store().schema(job()))).contains(NUMBER_SCHEMA);
  }

  @Test
  default void refusesASchemaWithoutARequestId() {
    assertThatThrownBy(() -> get(store().registerSchema(job(), NUMBER_SCHEMA, " ")))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("request id");
    assertThat(get(store().schema(job()))).isEmpty();
  }

  @Test
  default void checksARollbackAgainstTheSchemaOfNow() {
    set(0, "limit: 10");
    set(1, "limit: 1");
    get(store().registerSchema(job(), NUMBER_SCHEMA));

    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Rollback(1)))))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThat(get(store().read(job())).version()).isEqualTo(2);
  }

  @Test
  default void refusesWhatIsNoSchemaAndWhatIsNoDocument() {
    assertThatThrownBy(() -> get(store().registerSchema(job(), "{\"type\": 7}")))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThatThrownBy(() -> set(0, "a: [1, 2"))
        .isInstanceOfSatisfying(
            StoreException.InvalidConfiguration.class,
            refusal -> assertThat(refusal.violations().get(0).rule()).isEqualTo("syntax"));
  }

  @Test
  default void checksWithoutChangingAnything() {
    get(store().registerSchema(job(), NUMBER_SCHEMA));
    set(0, "limit: 1");

    assertThat(get(store().check(proposal(1, new Change.Set("limit: 2")))))
        .hasValueSatisfying(newest -> assertThat(newest.version()).isEqualTo(1));
    assertThatThrownBy(() -> get(store().check(proposal(0, new Change.Set("limit: 2")))))
        .isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().check(proposal(1, new Change.Set("limit: 99")))))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThat(get(store().read(job())).version()).isEqualTo(1);
  }
}
