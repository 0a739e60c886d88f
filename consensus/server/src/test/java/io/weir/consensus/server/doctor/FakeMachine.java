package io.weir.consensus.server.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A machine on which all is well, unless a test says otherwise. */
final class FakeMachine implements Surroundings {

  Instant now = Instant.now();
  int java = 17;
  long openFiles = 65_536;
  long memory = 4L << 30;
  long free = 8L << 30;
  Duration sync = Duration.ofMillis(1);
  final Set<Integer> taken = new HashSet<>();
  final Set<Integer> silent = new HashSet<>();

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public int javaRelease() {
    return java;
  }

  @Override
  public long openFiles() {
    return openFiles;
  }

  @Override
  public long memoryBytes() {
    return memory;
  }

  @Override
  public long freeBytes(Path folder) {
    return free;
  }

  @Override
  public Duration syncTime(Path folder) {
    return sync;
  }

  @Override
  public boolean canListen(String host, int port) {
    return !taken.contains(port);
  }

  @Override
  public boolean canConnect(String host, int port) {
    return !silent.contains(port);
  }
}
