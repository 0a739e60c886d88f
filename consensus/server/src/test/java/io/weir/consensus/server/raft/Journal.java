package io.weir.consensus.server.raft;

import io.weir.consensus.log.StateMachine;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A state machine that remembers the commands it was given, and answers with their number. A
 * command that begins with {@code !} is counted but not kept, so that much can be written.
 */
public final class Journal implements StateMachine {

  private final List<String> entries = new ArrayList<>();
  private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
  private long count;
  private int restores;
  private long lastIndex;
  private long lastTime;

  /** Runs on the thread that applies, outside the journal's lock, once. */
  public void beforeNextApply(Runnable task) {
    before.set(task);
  }

  @Override
  public byte[] apply(long index, long timeMillis, byte[] command) {
    before.getAndSet(() -> {}).run();
    return record(index, timeMillis, command);
  }

  private synchronized byte[] record(long index, long timeMillis, byte[] command) {
    if (index <= lastIndex || timeMillis < lastTime) {
      throw new IllegalStateException(index + " after " + lastIndex);
    }
    lastIndex = index;
    lastTime = timeMillis;
    count++;
    if (command.length == 0 || command[0] != '!') {
      entries.add(new String(command, StandardCharsets.UTF_8));
    }
    return bytes(String.valueOf(count));
  }

  @Override
  public synchronized void snapshot(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(count);
    data.writeInt(entries.size());
    for (String entry : entries) {
      byte[] bytes = bytes(entry);
      data.writeInt(bytes.length);
      data.write(bytes);
    }
    data.flush();
  }

  @Override
  public synchronized void restore(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    restores++;
    entries.clear();
    count = data.readLong();
    int size = data.readInt();
    for (int i = 0; i < size; i++) {
      entries.add(new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8));
    }
  }

  /** The commands, in their order. */
  public synchronized List<String> entries() {
    return List.copyOf(entries);
  }

  /** How many commands were applied, kept or not. */
  public synchronized long count() {
    return count;
  }

  /** How often the state was replaced by a snapshot. */
  public synchronized int restores() {
    return restores;
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
