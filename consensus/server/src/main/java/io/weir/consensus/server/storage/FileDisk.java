package io.weir.consensus.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of the file system. One thread at a time. */
public final class FileDisk implements Disk {

  private final Path folder;
  private final Map<String, FileChannel> open = new HashMap<>();

  public FileDisk(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Override
  public ByteBuffer read(String file) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  @Override
  public void append(String file, byte[] bytes) throws IOException {
    FileChannel channel = channel(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    channel.position(channel.size());
    while (buffer.hasRemaining()) {
      int unused = channel.write(buffer);
    }
  }

  private FileChannel channel(String file) throws IOException {
    FileChannel channel = open.get(file);
    if (channel == null) {
      channel =
          FileChannel.open(
              folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      open.put(file, channel);
    }
    return channel;
  }

  @Override
  public void truncate(String file, long size) throws IOException {
    FileChannel unused = channel(file).truncate(size);
  }

  @Override
  public void sync(String file) throws IOException {
    // With its size, without its times.
    channel(file).force(false);
  }

  @Override
  public void rename(String file, String to) throws IOException {
    close(file);
    close(to);
    Files.move(folder.resolve(file), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String file) throws IOException {
    close(file);
    Files.delete(folder.resolve(file));
  }

  private void close(String file) throws IOException {
    FileChannel channel = open.remove(file);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    for (String file : List.copyOf(open.keySet())) {
      close(file);
    }
  }
}
