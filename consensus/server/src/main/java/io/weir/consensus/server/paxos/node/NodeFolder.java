package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.storage.AcceptorLog;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Paxos node's folder: locked, marked with whose it is, and with how often the node was started.
 *
 * <p>An acceptor that forgot what it had promised must not answer: a folder that counts a start but
 * has no log is refused, and so is a log without a count, by which a proposer would repeat itself.
 */
final class NodeFolder implements AutoCloseable {

  private static final String FORMAT = "1 of paxos";
  private static final String STARTS = "starts";

  private final DataDirectory directory;
  private final Disk disk;
  private final int incarnation;

  private NodeFolder(DataDirectory directory, Disk disk, int incarnation) {
    this.directory = directory;
    this.disk = disk;
    this.incarnation = incarnation;
  }

  static NodeFolder open(PaxosSettings settings) throws IOException, StartRefused {
    DataDirectory directory =
        DataDirectory.open(
            settings.directory(),
            DataDirectory.identity(
                FORMAT, settings.cluster(), settings.node(), settings.members().keySet()),
            NodeFolder::isData);
    try {
      int starts = starts(directory) + 1;
      Disk disk = new FileDisk(directory.path());
      if (starts > 1 && !AcceptorLog.isPresent(disk)) {
        throw new StartRefused(
            directory.path()
                + " was in use before, but its log is gone. A node that forgot what it promised"
                + " could undo what was agreed on: restore the folder from a copy of the moment it"
                + " stopped");
      }
      if (starts == 1 && AcceptorLog.isWritten(disk)) {
        throw new StartRefused(
            directory.path()
                + " has a log, but not the file '"
                + STARTS
                + "' that counts the starts. A node that counts anew could use a ballot twice, and"
                + " so undo what was agreed on: restore the folder from a copy of the moment it"
                + " stopped");
      }
      if (starts == 1) {
        disk.append(AcceptorLog.FIRST, new byte[0]);
        disk.sync(AcceptorLog.FIRST);
        disk.syncFolder();
      }
      directory.writeAtomically(STARTS, String.valueOf(starts));
      return new NodeFolder(directory, disk, starts);
    } catch (IOException | StartRefused | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static boolean isData(Path file) {
    String name = String.valueOf(file.getFileName());
    return AcceptorLog.isLog(name) || name.equals(STARTS);
  }

  private static int starts(DataDirectory directory) throws IOException, StartRefused {
    Path file = directory.path().resolve(STARTS);
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file);
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new StartRefused(file + " says '" + text + "' where a number of starts is expected", e);
    }
  }

  DataDirectory directory() {
    return directory;
  }

  Disk disk() {
    return disk;
  }

  /** How often the node was started, this time included. */
  int incarnation() {
    return incarnation;
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    directory.close();
  }
}
