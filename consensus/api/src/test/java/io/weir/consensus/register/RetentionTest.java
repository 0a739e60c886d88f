package io.weir.consensus.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a register forgets, and what it does not take. */
class RetentionTest {

  private static final Retention SMALL = new Retention(3, 5, 4, 6, 6_000);

  private final Register register = new Register(SMALL);
  private final Commands commands = new Commands();

  @Test
  void forgetsContentsAndThenVersions() {
    for (int version = 0; version < 9; version++) {
      commands.apply(register, commands.set("a", version, "limit: " + version));
    }

    List<Revision> kept = history("a").from(1, 100);

    assertThat(kept).extracting(Revision::version).containsExactly(5L, 6L, 7L, 8L, 9L);
    assertThat(kept)
        .extracting(Revision::document)
        .containsExactly(null, null, "limit: 6", "limit: 7", "limit: 8");
    assertThat(history("a").oldestWithContent()).isEqualTo(7);
  }

  @Test
  void takesTheOldestContentFromTheJobThatHoldsMost() {
    for (int version = 0; version < 3; version++) {
      commands.apply(
          register, commands.set("large", version, Commands.incompressible(900, version)));
    }
    commands.apply(register, commands.set("small", 0, "limit: 1"));

    assertThat(history("large").newest()).isEqualTo(3);
    assertThat(history("large").oldestWithContent()).isGreaterThan(1);
    assertThat(history("large").current().orElseThrow().content()).isPresent();
    assertThat(history("small").oldestWithContent()).isEqualTo(1);
    assertThat(history("large").bytes() + history("small").bytes())
        .isLessThanOrEqualTo(SMALL.bytes());
  }

  @Test
  void countsVersionsAndLedgersToo() {
    Register tight = new Register(new Retention(3, 1_000, 1_000, 6, 50_000));
    for (int version = 0; version < 200; version++) {
      commands.apply(tight, commands.set("a", version, "limit: " + version));
      commands.apply(tight, Commands.note("a", version + 1));
    }
    commands.apply(tight, commands.set("b", 0, "limit: 1"));

    JobHistory history = tight.job("a").orElseThrow();
    assertThat(history.newest()).isEqualTo(200);
    assertThat(history.current().orElseThrow().content()).contains("limit: 199");
    assertThat(history.from(1, 1_000)).hasSizeLessThan(60);
    assertThat(history.bytes() + tight.job("b").orElseThrow().bytes()).isLessThanOrEqualTo(50_000);
  }

  @Test
  void refusesAJobTooMany() {
    for (int job = 0; job < SMALL.jobs(); job++) {
      commands.apply(register, commands.set("job-" + job, 0, "limit: 1"));
    }

    assertThat(commands.apply(register, commands.set("another", 0, "limit: 1")))
        .isInstanceOf(Answer.Refused.class);
    assertThat(register.job("another")).isEmpty();
    assertThat(commands.apply(register, commands.set("job-0", 1, "limit: 2")))
        .isInstanceOf(Answer.Proposed.class);
  }

  @Test
  void keepsTheNewestLedgerEntries() {
    commands.apply(register, commands.set("a", 0, "limit: 1"));
    for (int checkpoint = 1; checkpoint <= 9; checkpoint++) {
      commands.apply(register, Commands.note("a", checkpoint));
    }

    assertThat(history("a").ledger())
        .extracting(LedgerEntry::checkpoint)
        .containsExactly(6L, 7L, 8L, 9L);
  }

  private JobHistory history(String job) {
    return register.job(job).orElseThrow();
  }
}
