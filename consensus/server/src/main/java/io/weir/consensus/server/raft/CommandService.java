package io.weir.consensus.server.raft;

import io.atomix.primitive.service.BackupInput;
import io.atomix.primitive.service.BackupOutput;
import io.atomix.primitive.service.Commit;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceContext;
import io.atomix.primitive.session.Session;
import io.atomix.primitive.session.SessionId;
import io.atomix.utils.serializer.Namespaces;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;
import io.weir.consensus.log.StateMachine;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives a {@link StateMachine} from the log: takes batches apart, counts the commands, keeps time
 * from running backwards. Anything that throws here halts the node, because Atomix would answer for
 * it and go on with a state that differs from the others'.
 *
 * <p>The state thread's.
 */
final class CommandService implements PrimitiveService {

  private final StateMachine machine;
  private final Halt halt;
  private long logIndex;
  private long commandIndex;
  private long timeMillis;

  CommandService(StateMachine machine, Halt halt) {
    this.machine = machine;
    this.halt = halt;
  }

  @Override
  public byte[] apply(Commit<byte[]> commit) {
    try {
      return apply(
          commit.index(), commit.wallClockTime().unixTimestamp(), Batch.decode(commit.value()));
    } catch (Throwable error) {
      halt.now("the command at log index " + commit.index() + " could not be applied", error);
      throw error;
    }
  }

  private byte[] apply(long index, long time, List<byte[]> commands) {
    if (index <= logIndex) {
      return Batch.encode(List.of()); // already in the snapshot that was restored
    }
    logIndex = index;
    timeMillis = Math.max(timeMillis, time);
    List<byte[]> answers = new ArrayList<>(commands.size());
    for (byte[] command : commands) {
      commandIndex++;
      answers.add(machine.apply(commandIndex, timeMillis, command));
    }
    return Batch.encode(answers);
  }

  @Override
  public void backup(BackupOutput output) {
    try {
      byte[] snapshot =
          SnapshotFrame.write(
              new SnapshotFrame.Position(logIndex, commandIndex, timeMillis), machine);
      output.writeInt(snapshot.length);
      output.writeBytes(snapshot);
    } catch (Throwable error) {
      halt.now("no snapshot could be taken at log index " + logIndex, error);
      throw new IllegalStateException(error);
    }
  }

  @Override
  public void restore(BackupInput input) {
    try {
      restore(SnapshotFrame.read(input.readBytes(SnapshotFrame.checkedLength(input.readInt()))));
    } catch (Throwable error) {
      halt.now("the snapshot cannot be read: " + error.getMessage(), error);
      throw new IllegalStateException(error);
    }
  }

  private void restore(SnapshotFrame snapshot) throws IOException {
    snapshot.restore(machine);
    logIndex = snapshot.position().logIndex();
    commandIndex = snapshot.position().commandIndex();
    timeMillis = snapshot.position().timeMillis();
  }

  @Override
  public Serializer serializer() {
    return Serializer.using(Namespaces.BASIC);
  }

  @Override
  public void init(ServiceContext context) {}

  @Override
  public void tick(WallClockTimestamp timestamp) {}

  @Override
  @SuppressWarnings("rawtypes") // Atomix' own signature is raw
  public void register(Session session) {}

  @Override
  public void expire(SessionId session) {}

  @Override
  public void close(SessionId session) {}
}
