package io.weir.operators.epoch.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the simulation cannot see: when a version is tried again. */
class EpochProtocolTest {

  private static final String OPERATOR = "cut";
  private static final Document OLD = new Document(7, "h7", Factor.document(70));
  private static final Document NEW = new Document(8, "h8", Factor.document(80));

  private final Notes notes = new Notes();
  private final EpochProtocol protocol = new EpochProtocol(notes, true);
  private int attempt;

  @BeforeEach
  void begin() {
    restore();
    protocol.offer(NEW);
  }

  @Test
  void offersAVersionAtTheNextCheckpoint() {
    assertThat(confirmedAt(6)).isEqualTo(NEW);
  }

  @Test
  void offersAVersionThatTookTheJobBackOnlyBehindACompletedCheckpoint() {
    assertThat(confirmedAt(6)).isEqualTo(NEW);
    protocol.aborted(6);
    protocol.standing(member(0), 6, true);
    protocol.standing(member(1), 6, false);
    assertThat(notes.failures).hasSize(1);
    restore();

    assertThat(confirmedAt(7)).isEqualTo(OLD);
    protocol.aborted(7);
    assertThat(confirmedAt(8)).isEqualTo(OLD);
    protocol.completed(8);

    assertThat(confirmedAt(9)).isEqualTo(NEW);
  }

  @Test
  void offersAVersionUnderWhichASubtaskFailedOnlyBehindACompletedCheckpoint() {
    assertThat(confirmedAt(6)).isEqualTo(NEW);
    protocol.failed(member(0));
    restore();

    assertThat(confirmedAt(7)).isEqualTo(OLD);
    protocol.completed(7);

    assertThat(confirmedAt(8)).isEqualTo(NEW);
  }

  @Test
  void offersAVersionAtOnceWhenTheJobGoesBackForAnotherReason() {
    protocol.failed(member(0));
    restore();

    assertThat(confirmedAt(6)).isEqualTo(NEW);
  }

  private void restore() {
    protocol.restored(OPERATOR, 5, OLD);
    attempt++;
    protocol.hello(member(0));
    protocol.hello(member(1));
  }

  private Member member(int subtask) {
    return Member.of(OPERATOR, subtask, attempt);
  }

  /** What all subtasks agree to be under behind this checkpoint's barrier. */
  private Document confirmedAt(long checkpoint) {
    List<Document> confirmed = new ArrayList<>();
    protocol.checkpoint(
        checkpoint,
        new Completion() {
          @Override
          public void confirm(Document document) {
            confirmed.add(document);
          }

          @Override
          public void decline(String reason) {
            throw new AssertionError(reason);
          }
        });
    protocol.prepared(member(0), checkpoint, 1, null);
    protocol.prepared(member(1), checkpoint, 1, null);
    assertThat(confirmed).hasSize(1);
    return confirmed.get(0);
  }

  private static final class Notes implements EpochEffects {
    private final List<String> failures = new ArrayList<>();

    @Override
    public void prepare(Member member, Prepare message) {}

    @Override
    public void inquire(Member member, Inquire message) {}

    @Override
    public void welcome(Member member, Document document, long checkpoint) {}

    @Override
    public void wantCheckpoint() {}

    @Override
    public void inForce(long checkpoint, Document document, int subtasks) {}

    @Override
    public void refused(Document document, long checkpoint, String reason) {}

    @Override
    public void switchAborted(long checkpoint) {}

    @Override
    public void failJob(String reason) {
      failures.add(reason);
    }
  }
}
