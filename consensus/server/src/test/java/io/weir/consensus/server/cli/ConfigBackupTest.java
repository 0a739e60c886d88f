package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.Front;
import io.weir.consensus.server.front.TestNode;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code weir config backup} and {@code restore}, over the front. */
class ConfigBackupTest extends ConfigCommandCase {

  @Test
  void backsUpAndRestoresOverTheFront() throws IOException {
    propose("saved", "limit: 1", "limit: 2");
    store.registerSchema("saved", "{\"type\": \"object\"}").join();
    Path file = folder.resolve("all.backup");
    Ended backup = run("reader.yaml", "", "backup", file.toString());
    assertThat(backup.code()).as(backup.err()).isZero();
    assertThat(backup.out()).contains("versions");

    try (RegisterStore fresh = TestNode.store();
        Front other = node.front(fresh)) {
      clientFile("fresh.yaml", Role.ADMIN, other);
      clientFile("fresh-reader.yaml", Role.READ, other);

      Ended denied = run("fresh-reader.yaml", "", "restore", file.toString());
      Ended checked = run("fresh.yaml", "", "restore", file.toString(), "--dry-run");
      assertThat(denied.code()).isEqualTo(REFUSED);
      assertThat(denied.err()).contains("admin");
      assertThat(checked.out()).contains("saved: would end with version 2");
      assertThat(fresh.jobs().join()).isEmpty();

      Ended one = run("fresh.yaml", "", "restore", file.toString(), "--job", "saved");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(one.out()).contains("saved: restored, with version 2");
      assertThat(fresh.jobs().join()).containsExactly("saved");
      assertThat(fresh.history("saved", 1, 9).join())
          .isEqualTo(store.history("saved", 1, 9).join());
      assertThat(run("fresh.yaml", "", "restore", file.toString(), "--job", "saved").out())
          .contains("is there already");
    }
  }

  @Test
  void restoresNothingOfWhatIsNoBackupAndOverwritesNone() throws IOException {
    Path file = Files.writeString(folder.resolve("no.backup"), "limit: 1");

    Ended restore = config("restore", file.toString());
    Ended backup = config("backup", file.toString());
    Ended missing = config("restore", folder.resolve("nowhere").toString());

    assertThat(restore.code()).isEqualTo(REFUSED);
    assertThat(restore.err()).contains("no.backup: it is no backup").contains("nothing was");
    assertThat(backup.code()).isEqualTo(REFUSED);
    assertThat(backup.err()).isEqualTo("weir: %s: is there already%n".formatted(file));
    assertThat(missing.code()).isEqualTo(REFUSED);
    assertThat(missing.err())
        .isEqualTo(
            "weir: %s: there is no such file or folder%n".formatted(folder.resolve("nowhere")));
    assertThat(file).hasContent("limit: 1");
  }
}
