package io.weir.operators.epoch.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Prepare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubtaskEpochTest {

  private final List<String> handed = new ArrayList<>();

  @Test
  void handsOverTheFirstVersionAtOnceAndTheNextAtItsBarrier() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    assertThat(handed).containsExactly("1: 1");

    assertThat(epoch.prepare(prepare(5, document(2, 20)))).isNull();
    assertThat(handed).containsExactly("1: 1");
    epoch.switchAt(5);

    assertThat(handed).containsExactly("1: 1", "2: 20");
  }

  @Test
  void keepsItsVersionAtABarrierThatBringsNone() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);

    assertThat(epoch.prepare(prepare(5, null))).isNull();
    epoch.switchAt(5);
    assertThat(epoch.prepare(prepare(6, document(1, 1)))).isNull();
    epoch.switchAt(6);

    assertThat(handed).containsExactly("1: 1");
  }

  @Test
  void saysWhyAVersionCannotBeUsedAndTakesAnotherRound() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);

    assertThat(epoch.prepare(prepare(5, document(2, -3)))).contains("factor is -3");
    assertThat(epoch.prepare(prepare(5, null))).isNull();
    epoch.switchAt(5);

    assertThat(handed).containsExactly("1: 1");
  }

  @Test
  void refusesAVersionThatItsDecoderFailsAt() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    Document tooLarge = new Document(2, "h2", "{\"factor\": 99999999999999999999}");

    assertThat(epoch.prepare(prepare(5, tooLarge))).contains("NumberFormatException");
    assertThat(epoch.prepare(prepare(5, null))).isNull();
    epoch.switchAt(5);

    assertThat(handed).containsExactly("1: 1");
  }

  @Test
  void doesNotSwitchAnyMoreWhenItHasSaidThatItDidNot() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    epoch.prepare(prepare(5, document(2, 20)));

    assertThat(epoch.standsBehind(5)).isFalse();
    epoch.switchAt(5);

    assertThat(epoch.standsBehind(5)).isFalse();
    assertThat(handed).containsExactly("1: 1");
  }

  @Test
  void staysBehindABarrierOfACheckpointThatWasAborted() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    epoch.prepare(prepare(5, document(2, 20)));
    epoch.switchAt(5);

    assertThat(epoch.standsBehind(5)).isTrue();
    assertThat(handed).containsExactly("1: 1", "2: 20");
  }

  @Test
  void ignoresALateBarrierOfAnOlderCheckpoint() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    epoch.prepare(prepare(5, null));
    epoch.prepare(prepare(6, document(2, 20)));

    epoch.switchAt(5);
    assertThat(handed).containsExactly("1: 1");
    epoch.switchAt(6);

    assertThat(handed).containsExactly("1: 1", "2: 20");
  }

  @Test
  void failsAtABarrierThatNobodyPrepared() throws Exception {
    SubtaskEpoch<Factor> epoch = beginUnder(1);
    epoch.prepare(prepare(5, null));

    assertThatThrownBy(() -> epoch.switchAt(6))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("barrier 6 came, but only 5 was prepared");
  }

  private SubtaskEpoch<Factor> beginUnder(long version) throws InvalidConfigurationException {
    return new SubtaskEpoch<>(new Recorder(), document(version, version));
  }

  private static Prepare prepare(long checkpoint, @Nullable Document document) {
    return new Prepare(checkpoint, 1, document);
  }

  private static Document document(long version, long factor) {
    return new Document(version, "h" + version, Factor.document(factor));
  }

  private final class Recorder implements Configured<Factor> {

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<Factor> configuration) {
      handed.add(configuration.version() + ": " + configuration.value().factor());
    }
  }
}
