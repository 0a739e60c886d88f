package io.weir.consensus.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Chain;
import io.weir.consensus.Limits;
import io.weir.consensus.VersionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a register makes of commands. */
class RegisterTest {

  private static final Retention SMALL = new Retention(3, 5, 4, 6, 6_000);

  private final Register register = new Register(SMALL);
  private final Commands commands = new Commands();

  @Test
  void noticesASchemaThatCameBetweenCheckAndCommit() {
    commands.apply(register, commands.set("a", 0, "limit: 1"));
    commands.apply(
        register, new Command.SetSchema("a", Limits.compress("{}"), Chain.hashDocument("{}"), "r"));

    assertThat(commands.apply(register, commands.set("a", 1, "limit: 2")))
        .isInstanceOf(Answer.SchemaChanged.class);
    assertThat(history("a").newest()).isEqualTo(1);
  }

  @Test
  void callsBackAfterTheVersionCanBeRead() {
    List<Long> seen = new ArrayList<>();
    register.onNewVersion(job -> seen.add(history(job).newest()));

    commands.apply(register, commands.set("a", 0, "limit: 1"));
    commands.apply(register, commands.set("a", 0, "limit: 2"));
    commands.apply(register, commands.set("a", 1, "limit: 3"));

    assertThat(seen).containsExactly(1L, 2L);
  }

  @Test
  void callsBackWhenARestoredJobIsWhole() {
    Register whole = new Register();
    commands.apply(whole, commands.set("a", 0, "limit: 1"));
    Stored only = whole.job("a").orElseThrow().allStored().get(0);
    List<Long> seen = new ArrayList<>();
    register.onNewVersion(job -> seen.add(history(job).newest()));

    commands.apply(register, new Command.BeginRestore("a", VersionId.of(only.revision())));
    assertThat(seen).isEmpty();
    commands.apply(register, new Command.Restore(only));

    assertThat(seen).containsExactly(1L);
  }

  @Test
  void adoptsOnlyTheDocumentThatWasChecked() {
    commands.apply(register, commands.set("a", 0, "limit: 1"));
    Command.Propose checkedBefore = commands.adopt(register, "a", 2, 1, "");
    commands.apply(register, commands.set("a", 1, "limit: 2"));

    assertThat(commands.apply(register, checkedBefore)).isInstanceOf(Answer.SchemaChanged.class);
    assertThat(commands.apply(register, commands.adopt(register, "a", 2, 1, "")))
        .isInstanceOf(Answer.Proposed.class);
    assertThat(history("a").current().orElseThrow().content()).contains("limit: 2");
  }

  @Test
  void doesNotGoOnAtACommandThatItDoesNotKnow() {
    assertThatThrownBy(() -> register.apply(1, 1, new byte[] {9, 9, 9}))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a command of format 9; this release knows 2 to 3");
  }

  private JobHistory history(String job) {
    return register.job(job).orElseThrow();
  }
}
