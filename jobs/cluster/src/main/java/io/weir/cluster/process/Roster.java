package io.weir.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of a folder in the order of their first start, as the file {@value #FILE} in it
 * says: a line for each with name, id and start in milliseconds since 1970. For several threads.
 */
public final class Roster {

  private static final String FILE = "processes";

  private final Path file;
  private final Map<String, Started> processes = new LinkedHashMap<>();
  private boolean ended;

  private Roster(Path file) {
    this.file = file;
  }

  /**
   * Reads the list of a folder; there need not be one yet.
   *
   * @throws IOException if it cannot be read
   */
  public static Roster of(Path folder) throws IOException {
    Roster roster = new Roster(folder.resolve(FILE));
    if (Files.exists(roster.file)) {
      for (String line : Files.readAllLines(roster.file)) {
        Started process = roster.read(line);
        roster.processes.put(process.name(), process);
      }
    }
    return roster;
  }

  private Started read(String line) throws IOException {
    String[] words = line.split(" ", -1);
    try {
      return new Started(
          words[0], Long.parseLong(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(file + " holds no process but '" + line + "'", e);
    }
  }

  /**
   * Starts a process, and notes it in the place of an earlier one of its name.
   *
   * @throws IllegalStateException if all were ended: nobody would end this one
   */
  synchronized Started launch(Program program) throws IOException {
    if (ended) {
      throw new IllegalStateException(program.name() + " is not started, for all are being ended");
    }
    Started process = Started.of(program.name(), program.launch().toHandle());
    processes.put(process.name(), process);
    write();
    return process;
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Started each : processes.values()) {
      lines.add(each.name() + " " + each.pid() + " " + each.since().toEpochMilli());
    }
    Path draft = Files.write(file.resolveSibling(FILE + ".new"), lines);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public synchronized List<Started> processes() {
    return List.copyOf(processes.values());
  }

  /** Those that run. */
  public List<Started> running() {
    return processes().stream().filter(process -> process.running().isPresent()).toList();
  }

  /**
   * Ends all processes together, those by force that do not go soon; then forgets them. From now on
   * this roster starts none.
   */
  public void endAll() throws IOException {
    synchronized (this) {
      ended = true;
    }
    Started.endAll(running());
    Files.deleteIfExists(file);
  }
}
