package io.weir.consensus.server.paxos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The states that an acceptor had accepted and has overwritten.
 *
 * <p>A chosen state was accepted by a majority, and each of these keeps it when it accepts another:
 * so any majority has every chosen state among its archives and slots, as long as it is not too
 * old.
 */
public final class Archive {

  /**
   * How much is kept.
   *
   * @param contents newest numbers of a register that keep their content
   * @param numbers newest numbers of a register that are kept at all
   * @param bytes of all registers together, about; when more comes, the register with the most
   *     loses its oldest
   */
  public record Limits(int contents, int numbers, long bytes) {}

  private final Limits limits;
  private final Map<String, Shelf> shelves = new HashMap<>();
  private long bytes;

  public Archive(Limits limits) {
    this.limits = limits;
  }

  /** Keeps a state; one that is here already stays as it is. */
  public void keep(String key, Past past) {
    Shelf shelf = shelves.computeIfAbsent(key, same -> new Shelf());
    long before = shelf.bytes;
    shelf.add(past);
    shelf.forgetContentsUpTo(shelf.newest() - limits.contents());
    shelf.forgetUpTo(shelf.newest() - limits.numbers());
    bytes += shelf.bytes - before;
    keepWithinBudget();
  }

  private void keepWithinBudget() {
    while (bytes > limits.bytes()) {
      Optional<Shelf> largest =
          shelves.values().stream()
              .filter(shelf -> shelf.byNumber.size() > 1)
              .max(Comparator.comparingLong(shelf -> shelf.bytes));
      if (largest.isEmpty()) {
        return;
      }
      long before = largest.get().bytes;
      largest.get().forgetUpTo(largest.get().byNumber.firstKey());
      bytes += largest.get().bytes - before;
    }
  }

  /** States with numbers in a range, from the highest on, as many as fit, but one at least. */
  public List<Past> range(String key, long from, long to, int maxBytes) {
    List<Past> found = new ArrayList<>();
    Shelf shelf = shelves.get(key);
    if (shelf == null || from > to) {
      return found;
    }
    int size = 0;
    for (List<Past> twins : shelf.byNumber.subMap(from, true, to, true).descendingMap().values()) {
      size += twins.stream().mapToInt(Past::bytes).sum();
      if (size > maxBytes && !found.isEmpty()) {
        break;
      }
      found.addAll(twins);
    }
    return found;
  }

  /** All states of a register, oldest first. */
  public List<Past> all(String key) {
    Shelf shelf = shelves.get(key);
    return shelf == null
        ? List.of()
        : shelf.byNumber.values().stream().flatMap(List::stream).toList();
  }

  public long bytes() {
    return bytes;
  }

  /** One register's past. Nearly always a number has one state. */
  private static final class Shelf {
    private final TreeMap<Long, List<Past>> byNumber = new TreeMap<>();
    private long withContentFrom;
    private long bytes;

    long newest() {
      return byNumber.lastKey();
    }

    void add(Past past) {
      List<Past> twins = byNumber.getOrDefault(past.number(), List.of());
      if (twins.stream().anyMatch(past::isSame)) {
        return;
      }
      List<Past> more = new ArrayList<>(twins);
      more.add(past);
      byNumber.put(past.number(), List.copyOf(more));
      bytes += past.bytes();
    }

    void forgetContentsUpTo(long number) {
      byNumber
          .subMap(Math.min(withContentFrom, number), true, number, true)
          .replaceAll((same, twins) -> twins.stream().map(this::emptied).toList());
      withContentFrom = Math.max(withContentFrom, number);
    }

    private Past emptied(Past past) {
      Past empty = past.withoutContent();
      bytes -= past.bytes() - empty.bytes();
      return empty;
    }

    void forgetUpTo(long number) {
      Map<Long, List<Past>> old = byNumber.headMap(number, true);
      old.values().forEach(twins -> twins.forEach(past -> bytes -= past.bytes()));
      old.clear();
    }
  }
}
