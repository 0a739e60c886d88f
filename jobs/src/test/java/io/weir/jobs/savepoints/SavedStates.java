package io.weir.jobs.savepoints;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/** Reads from a savepoint which states its operators have, and in which format. */
final class SavedStates {

  private final ClassLoader classes = SavedStates.class.getClassLoader();
  private final Set<String> found = new TreeSet<>();

  private SavedStates() {}

  /** A line for each state: operator, kind, name, and the serializer of its values with format. */
  static List<String> of(Path savepoint) throws IOException {
    SavedStates states = new SavedStates();
    Path file = savepoint.resolve("_metadata").toAbsolutePath();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, states.classes, file.toUri().toString())
              .getOperatorStates()) {
        states.add(operator);
      }
    }
    return List.copyOf(states.found);
  }

  private void add(OperatorState operator) throws IOException {
    String uid = operator.getOperatorUid().orElseThrow();
    if (operator.getCoordinatorState() != null) {
      found.add(uid + " coordinator");
    }
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        addOperatorStates(uid, handle);
      }
      for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
        addKeyedStates(uid, (KeyGroupsStateHandle) handle);
      }
    }
  }

  private void addOperatorStates(String uid, OperatorStateHandle handle) throws IOException {
    OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(classes);
    try (InputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    proxy.getOperatorStateMetaInfoSnapshots().forEach(state -> add(uid + " operator", state));
  }

  private void addKeyedStates(String uid, KeyGroupsStateHandle handle) throws IOException {
    KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(classes);
    try (InputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    proxy.getStateMetaInfoSnapshots().forEach(state -> add(uid + " keyed", state));
  }

  private void add(String prefix, StateMetaInfoSnapshot state) {
    var values =
        state.getTypeSerializerSnapshot(
            StateMetaInfoSnapshot.CommonSerializerKeys.VALUE_SERIALIZER);
    String format =
        values == null
            ? ""
            : " "
                + values.getClass().getName().replaceFirst(".*\\.", "")
                + " format "
                + values.getCurrentVersion();
    found.add(prefix + " " + state.getName() + format);
  }
}
