package io.weir.consensus.contract;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

/** A store, and a job of each test's own in it. */
interface StoreUnderTest {

  Duration SOON = Duration.ofSeconds(20);
  String AUTHOR = "somebody";

  /** Takes a limit up to 9. */
  String NUMBER_SCHEMA =
      "{\"type\": \"object\", \"properties\": {\"limit\": {\"type\": \"integer\", \"maximum\":"
          + " 9}}}";

  /** Versions of another history. */
  VersionId ELSEWHERE = new VersionId(5, "5e".repeat(32));

  VersionId FURTHER = new VersionId(6, "6e".repeat(32));

  /** The store under test, whose check knows JSON Schema; not closed by the tests. */
  ConfigurationStore store();

  /** Which nothing is known of when a test begins. */
  String job();

  default Revision set(long expected, String document) {
    return get(store().propose(proposal(expected, new Change.Set(document))));
  }

  default Proposal proposal(long expected, Change change) {
    return Proposal.of(job(), expected, change, AUTHOR, "because of a test");
  }

  /** Waits for an answer, and throws a refusal as it is. */
  static <T> T get(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  static List<Long> versions(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
