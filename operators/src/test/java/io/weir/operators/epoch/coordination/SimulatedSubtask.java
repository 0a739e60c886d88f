package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.message.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt of a subtask: its mailbox, its channels, and the rows that it has made. */
final class SimulatedSubtask implements Configured<String> {

  /** A record on its way, by the version that its maker was under. */
  record Datum(long version) {}

  /** A barrier on its way; an aborted one has the receiver let go of the checkpoint. */
  record Barrier(long checkpoint, boolean aborted) {}

  /** A row of the last operator: under which versions it was made. */
  record Row(long first, long second) {
    boolean isMixed() {
      return first != second;
    }
  }

  enum Type implements ConfigurationType<String> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public String decode(String document) {
      return document;
    }
  }

  private final Member member;
  final Deque<Object> mailbox = new ArrayDeque<>();
  final Deque<Barrier> triggers = new ArrayDeque<>();
  final List<Deque<Object>> inputs = new ArrayList<>();
  final List<Deque<Object>> outputs = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final List<Boolean> blocked = new ArrayList<>();
  long aligning = -1;
  long knownAborted = -1;
  long lastBarrier = -1;
  long restoredFrom = -1;
  long version = -1;
  @Nullable SubtaskEpoch<String> epoch;

  SimulatedSubtask(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }

  boolean isRunning() {
    return epoch != null;
  }

  void begin(Document document) {
    try {
      epoch = new SubtaskEpoch<>(this, document);
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException("welcomed under a version that was refused", e);
    }
  }

  @Override
  public ConfigurationType<String> configurationType() {
    return Type.INSTANCE;
  }

  /** The document {@code bad 1} is refused by every first attempt of subtask 1, and so on. */
  @Override
  public void check(String configuration) throws InvalidConfigurationException {
    if (configuration.equals("bad " + member.place().subtask())) {
      throw new InvalidConfigurationException("not here");
    }
  }

  @Override
  public void configure(VersionedConfiguration<String> configuration) {
    version = configuration.version();
  }
}
