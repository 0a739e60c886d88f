package io.weir.consensus.register;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes commands, and applies each at an index of its own. */
final class Commands {

  private long index;

  Answer apply(Register target, Command command) {
    return AnswerCodec.decode(target.apply(++index, index, CommandCodec.encode(command)));
  }

  Command.Propose set(String job, long expected, String document) {
    return propose(job, expected, Change.Kind.SET, document, 0, "");
  }

  Command.Propose propose(
      String job,
      long expected,
      Change.Kind kind,
      @Nullable String document,
      long rollbackTo,
      String schemaHash) {
    return new Command.Propose(
        job,
        expected,
        kind,
        document == null ? null : Limits.compress(document),
        document == null ? "" : Chain.hashDocument(document),
        rollbackTo,
        null,
        "somebody",
        "",
        "request-" + index + "-" + job + "-" + expected + "-" + kind + "-" + rollbackTo,
        schemaHash);
  }

  /** Of the newest content, as a store makes it, whatever is expected. */
  Command.Propose adopt(
      Register register, String job, long expected, int other, String schemaHash) {
    String document =
        register.job(job).flatMap(JobHistory::current).map(Revision::documentHash).orElse("");
    VersionId abandoned = new VersionId(1 + other, Chain.hashDocument("another " + other));
    String request = "request-" + index + "-" + job + "-" + expected + "-adopt-" + other;
    return new Command.Propose(
        job,
        expected,
        Change.Kind.ADOPT,
        null,
        document,
        0,
        abandoned,
        "somebody",
        "",
        request,
        schemaHash);
  }

  static Command.Note note(String job, long checkpoint) {
    return new Command.Note(
        new LedgerEntry(
            job, "f1", checkpoint, 1, "", Instant.EPOCH, 4, LedgerEntry.Outcome.IN_FORCE, ""));
  }

  static String incompressible(int length, int seed) {
    Random random = new Random(seed);
    return random
        .ints(length, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
