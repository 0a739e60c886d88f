package io.weir.consensus.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.Front;
import io.weir.consensus.server.front.TestNode;
import io.weir.consensus.store.RegisterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code weir config} against a node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConfigCommandCase {

  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int CONFLICT = 3;

  final RegisterStore store = TestNode.store();
  Front front;
  Path folder;
  TestNode node;

  @BeforeAll
  void start(@TempDir Path temp) throws IOException {
    folder = temp;
    node = new TestNode(temp);
    front = node.front(store);
    clientFile("store.yaml", Role.ADMIN);
    clientFile("reader.yaml", Role.READ);
  }

  @AfterAll
  void stop() {
    front.close();
    store.close();
  }

  void clientFile(String name, Role role) throws IOException {
    clientFile(name, role, front);
  }

  void clientFile(String name, Role role, Front to) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "nodes: [\"%s\"]\nauthority: %s\ntoken-file: %s\n"
            .formatted(
                TestNode.uri(to.port()),
                node.certificates().frontAuthority(),
                node.certificates().token(role)));
  }

  /** What a command printed, and its exit code. */
  record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Ended config(String... arguments) {
    return run("store.yaml", "", arguments);
  }

  Ended run(String storeFile, String input, String... arguments) {
    StringWriter out = new StringWriter();
    Ended ended = run(new PrintWriter(out), storeFile, input, arguments);
    return new Ended(ended.code(), out.toString(), ended.err());
  }

  Ended run(PrintWriter out, String... arguments) {
    return run(out, "store.yaml", "", arguments);
  }

  Ended run(PrintWriter out, String storeFile, String input, String[] arguments) {
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("config"));
    all.addAll(List.of(arguments));
    if (arguments.length > 1 || arguments[0].matches("jobs|status")) {
      all.addAll(List.of("--store", folder.resolve(storeFile).toString()));
    }
    ConfigCommand config =
        new ConfigCommand(Connection.byFile(), new ByteArrayInputStream(input.getBytes(UTF_8)));
    int code =
        ConsensusCommand.commandLine(config)
            .setOut(out)
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, "", err.toString());
  }

  void propose(String job, String... documents) {
    for (int i = 0; i < documents.length; i++) {
      store.propose(Proposal.of(job, i, new Change.Set(documents[i]), "t", "r" + i)).join();
    }
  }

  long newest(String job) {
    return store.read(job).join().version();
  }
}
