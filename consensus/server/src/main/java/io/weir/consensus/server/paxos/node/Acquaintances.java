package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.peers.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this node knows, by the number that each drew when its folder was made. A node whose folder
 * was lost draws another one, and is told by those who knew it that it has forgotten what it
 * promised; it must not take part again.
 *
 * <p>So that somebody knows it, a node takes part only after it has met all other members once: a
 * new cluster begins when all of its nodes run.
 *
 * <p>Thread-safe.
 */
final class Acquaintances {

  private static final Logger LOG = LoggerFactory.getLogger(Acquaintances.class);
  private static final String MEET = "paxos-meet";
  private static final String FILE = "acquaintances";
  private static final String REFUSED = "refused";
  private static final String WELCOME = "welcome";

  private final PaxosSettings settings;
  private final DataDirectory directory;
  private final Peers peers;
  private final Halt halt;
  private final Map<String, String> known = new TreeMap<>();
  private final Set<String> knowMe = new TreeSet<>();
  private volatile boolean complete;
  private boolean closed;

  private Acquaintances(PaxosSettings settings, DataDirectory directory, Peers peers, Halt halt) {
    this.settings = settings;
    this.directory = directory;
    this.peers = peers;
    this.halt = halt;
  }

  static Acquaintances open(PaxosSettings settings, DataDirectory directory, Peers peers, Halt halt)
      throws IOException, StartRefused {
    Acquaintances all = new Acquaintances(settings, directory, peers, halt);
    all.read();
    peers.answer(MEET, all::met);
    return all;
  }

  private synchronized void read() throws IOException, StartRefused {
    Path file = directory.path().resolve(FILE);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ", -1);
        if (parts.length < 2) {
          throw new StartRefused(file + ": '" + line + "' is not a node and its number");
        }
        known.put(parts[0], parts[1]);
        if (parts.length > 2) {
          knowMe.add(parts[0]);
        }
      }
    }
    if (!known.containsKey(settings.node())) {
      known.put(settings.node(), UUID.randomUUID().toString());
      knowMe.add(settings.node());
      write();
    }
    complete = knowMe.containsAll(settings.members().keySet());
  }

  private void write() throws IOException {
    directory.writeAtomically(
        FILE,
        known.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + " "
                        + each.getValue()
                        + (knowMe.contains(each.getKey()) ? " " + WELCOME : "")
                        + "\n")
            .collect(Collectors.joining()));
  }

  /** Nothing is written from now on. */
  synchronized void close() {
    closed = true;
  }

  /** Whether this node may take part. */
  boolean isComplete() {
    return complete;
  }

  /** Introduces itself to those that it has not met. */
  void introduce() {
    if (complete) {
      return;
    }
    String word = settings.node() + " " + number(settings.node());
    for (Map.Entry<String, String> member : settings.members().entrySet()) {
      if (!knows(member.getKey())) {
        CompletableFuture<?> unused =
            peers
                .ask(member.getValue(), MEET, word.getBytes(StandardCharsets.UTF_8))
                .thenAccept(answer -> answered(member.getKey(), answer));
      }
    }
  }

  private synchronized boolean knows(String member) {
    return knowMe.contains(member);
  }

  private synchronized String number(String node) {
    return known.getOrDefault(node, "");
  }

  /** The other side remembers whom it met before it says so. */
  private synchronized CompletableFuture<byte[]> met(byte[] word) {
    if (closed) {
      return new CompletableFuture<>(); // whom it met could not be written down any more
    }
    String[] other = new String(word, StandardCharsets.UTF_8).split(" ", -1);
    boolean fits = settings.members().containsKey(other[0]) && isSame(other[0], other[1]);
    if (!fits) {
      LOG.warn(
          "{} has another number than the {} that this node met: it has lost its data",
          other[0],
          other[0]);
    }
    String answer = (fits ? WELCOME : REFUSED) + " " + number(settings.node());
    return CompletableFuture.completedFuture(answer.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a node is the one that was met under this name, or the first one. */
  private synchronized boolean isSame(String node, String number) {
    if (number(node).isEmpty()) {
      known.put(node, number);
      writeOrHalt();
    }
    return number(node).equals(number);
  }

  private void writeOrHalt() {
    try {
      write();
    } catch (IOException e) {
      halt.now("whom this node met cannot be written down", e);
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void answered(String member, byte[] answer) {
    if (closed) {
      return;
    }
    String[] words = new String(answer, StandardCharsets.UTF_8).split(" ", -1);
    if (words[0].equals(REFUSED)) {
      halt.now(
          "data of this node, as "
              + member
              + " tells, was lost. A node that forgot what it promised could undo what was agreed"
              + " on: restore its folder from a copy of the moment it stopped",
          null);
    } else if (isSame(member, words[1])) {
      welcomed(member);
    } else {
      LOG.warn("{} has lost its data; it cannot be met", member);
    }
  }

  private void welcomed(String member) {
    if (knowMe.add(member)) {
      writeOrHalt();
      complete = knowMe.containsAll(settings.members().keySet());
    }
  }
}
