package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in a file, mounted over a loop device, which can lose its power: what was not
 * synchronized is gone then. Needs root.
 */
final class LoopDisk implements AutoCloseable {

  private final Path image;
  private final Path mountPoint;

  private LoopDisk(Path image, Path mountPoint) {
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /** Whether this process may mount; tries it. */
  static boolean isAvailable(Path scratch) throws IOException {
    try (LoopDisk disk = create(scratch.resolve("probe"), 4)) {
      return Files.exists(disk.mountPoint.resolve("lost+found"));
    } catch (IOException e) {
      return false;
    }
  }

  static LoopDisk create(Path mountPoint, int megabytes) throws IOException {
    Path image = mountPoint.resolveSibling(mountPoint.getFileName() + ".image");
    Files.createDirectories(mountPoint);
    run("truncate", "-s", megabytes + "M", image.toString());
    run("mkfs.ext4", "-q", "-F", image.toString());
    LoopDisk disk = new LoopDisk(image, mountPoint);
    disk.mount();
    return disk;
  }

  /** The disk as it was at this moment: nobody may be writing any more. */
  void losePower() throws IOException {
    Path copy = image.resolveSibling(image.getFileName() + ".copy");
    run("cp", "--sparse=always", image.toString(), copy.toString());
    run("umount", mountPoint.toString());
    run("mv", copy.toString(), image.toString());
    mount();
  }

  Path mountPoint() {
    return mountPoint;
  }

  private void mount() throws IOException {
    run("mount", "-o", "loop", image.toString(), mountPoint.toString());
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue() != 0) {
      throw new IOException(List.of(command) + ": " + said);
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", mountPoint.toString());
    Files.delete(image);
  }
}
