package io.weir.consensus.server.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** The machine that this runs on. */
public final class ThisMachine implements Surroundings {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int SYNCS = 15;
  private static final int SYNC_BYTES = 2_048;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public int javaRelease() {
    return Runtime.version().feature();
  }

  @Override
  public long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : -1;
  }

  @Override
  public long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : -1;
  }

  @Override
  public long freeBytes(Path folder) throws IOException {
    return Files.getFileStore(existing(folder)).getUsableSpace();
  }

  /** The folder, or the nearest one above it that is there. */
  static Path existing(Path folder) {
    Path found = folder.toAbsolutePath().normalize();
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  @Override
  public Duration syncTime(Path folder) throws IOException {
    Path file = Files.createTempFile(existing(folder), ".weir-doctor-", ".tmp");
    long[] nanos = new long[SYNCS];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.allocate(SYNC_BYTES);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[SYNCS / 2]);
  }

  @Override
  public boolean canListen(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean canConnect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
