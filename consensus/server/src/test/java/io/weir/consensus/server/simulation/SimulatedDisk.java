package io.weir.consensus.server.simulation;

import io.weir.consensus.server.storage.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk that loses with the power what was not synced: contents, names, or parts of both; it may
 * tear what was written last. It can be full, and fail to sync.
 */
final class SimulatedDisk implements Disk {

  private static final class Content {
    private byte[] bytes = new byte[256];
    private int length;
    private int synced;

    void append(byte[] more, int count) {
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
      }
      System.arraycopy(more, 0, bytes, length, count);
      length += count;
    }

    void truncate(int size) {
      length = size;
      synced = Math.min(synced, size);
    }

    /** Some of what was not synced stays, its end perhaps with other bytes than were written. */
    void losePower(Random random) {
      int kept = synced + random.nextInt(length - synced + 1);
      if (kept > synced && random.nextBoolean()) {
        int torn = synced + random.nextInt(kept - synced);
        Arrays.fill(bytes, torn, kept, (byte) 0);
      }
      length = kept;
      synced = kept;
    }
  }

  private final Random random;
  private Map<String, Content> files = new TreeMap<>();
  private Map<String, Content> durableFiles = new TreeMap<>();
  private boolean full;
  private boolean failing;

  SimulatedDisk(Random random) {
    this.random = random;
  }

  void fill(boolean isFull) {
    full = isFull;
  }

  void failOnce() {
    failing = true;
  }

  void repair() {
    full = false;
    failing = false;
  }

  void losePower() {
    if (random.nextBoolean()) {
      files = new TreeMap<>(durableFiles);
    }
    files.values().forEach(content -> content.losePower(random));
    durableFiles = new TreeMap<>(files);
    failing = false;
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public ByteBuffer read(String file) throws IOException {
    Content content = content(file);
    return ByteBuffer.wrap(Arrays.copyOf(content.bytes, content.length));
  }

  private Content content(String file) throws IOException {
    Content content = files.get(file);
    if (content == null) {
      throw new IOException("there is no file " + file);
    }
    return content;
  }

  @Override
  public void append(String file, byte[] bytes) throws IOException {
    Content content = files.computeIfAbsent(file, same -> new Content());
    if (full) {
      content.append(bytes, random.nextInt(bytes.length));
      throw new IOException("no space is left");
    }
    content.append(bytes, bytes.length);
  }

  @Override
  public void truncate(String file, long size) throws IOException {
    content(file).truncate((int) size);
  }

  @Override
  public void sync(String file) throws IOException {
    Content content = content(file);
    if (failing) {
      failing = false;
      throw new IOException("the disk does not answer");
    }
    content.synced = content.length;
  }

  @Override
  public void rename(String file, String to) throws IOException {
    Content content = content(file);
    files.remove(file);
    files.put(to, content);
  }

  @Override
  public void delete(String file) throws IOException {
    if (files.remove(file) == null) {
      throw new IOException("there is no file " + file);
    }
  }

  @Override
  public void syncFolder() {
    durableFiles = new TreeMap<>(files);
  }
}
