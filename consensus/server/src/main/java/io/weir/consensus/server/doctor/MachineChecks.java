package io.weir.consensus.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Java, memory, limits of the kernel, and the folder of a node's data. */
final class MachineChecks {

  private static final int JAVA = 17;
  private static final long FEW_OPEN_FILES = 4_096;
  private static final long TOO_FEW_OPEN_FILES = 512;
  private static final long MEMORY = 768L << 20;

  /** Log, snapshots and their successors of a full store. */
  private static final long LITTLE_SPACE = 1L << 30;

  private static final long TOO_LITTLE_SPACE = 256L << 20;
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final Duration TOO_SLOW = Duration.ofMillis(200);

  private final Surroundings machine;

  MachineChecks(Surroundings machine) {
    this.machine = machine;
  }

  List<Finding> ofProcess() {
    return List.of(java(), openFiles());
  }

  private Finding java() {
    String says = "release " + machine.javaRelease();
    return machine.javaRelease() >= JAVA
        ? Finding.ok("java", says)
        : Finding.fail("java", says, "install a JDK " + JAVA + " or later, or set JAVA_HOME");
  }

  private Finding openFiles() {
    long files = machine.openFiles();
    String says = files < 0 ? "unknown" : files + " may be open";
    String advice = "raise it: ulimit -n 65536, or LimitNOFILE of the service";
    if (files < 0 || files >= FEW_OPEN_FILES) {
      return Finding.ok("open files", says);
    }
    return files < TOO_FEW_OPEN_FILES
        ? Finding.fail("open files", says, advice)
        : Finding.warn("open files", says, advice);
  }

  Finding memory() {
    long bytes = machine.memoryBytes();
    String says = bytes < 0 ? "unknown" : (bytes >> 20) + " MiB";
    return bytes < 0 || bytes >= MEMORY
        ? Finding.ok("memory", says)
        : Finding.fail("memory", says, "a node has a heap of 512 MiB, and needs 768 MiB in all");
  }

  List<Finding> ofData(Path data) {
    List<Finding> findings = new ArrayList<>();
    String what = "data " + data;
    Path existing = ThisMachine.existing(data);
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return List.of(
          Finding.fail(
              what, existing + " is no folder in which this user may write", "make it, or chown"));
    }
    try {
      findings.add(space(what, machine.freeBytes(data)));
      findings.add(sync(what, machine.syncTime(data)));
    } catch (IOException e) {
      findings.add(Finding.fail(what, "cannot be used: " + e, "mend the file system"));
    }
    return findings;
  }

  private static Finding space(String what, long free) {
    String says = (free >> 20) + " MiB free";
    String advice = "make room: a full store takes up to three times its 64 MiB, and its log";
    if (free < TOO_LITTLE_SPACE) {
      return Finding.fail(what, says, advice);
    }
    return free < LITTLE_SPACE ? Finding.warn(what, says, advice) : Finding.ok(what, says);
  }

  /** Every change waits for it on a majority of the nodes. */
  private static Finding sync(String what, Duration median) {
    String says = "a write is on disk after %.1f ms".formatted(median.toNanos() / 1e6);
    String advice = "use a faster disk, or one that nobody else keeps busy";
    if (median.compareTo(TOO_SLOW) > 0) {
      return Finding.fail(what, says + ", too slow for the election timeout", advice);
    }
    return median.compareTo(SLOW) > 0 ? Finding.warn(what, says, advice) : Finding.ok(what, says);
  }
}
