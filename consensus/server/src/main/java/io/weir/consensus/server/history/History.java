package io.weir.consensus.server.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients asked registers and what they were told.
 *
 * @param kind what a register of it is called, such as {@code job}
 * @param model what each register does
 * @param registers the operations of each, by its name, in any order
 */
public record History<S, C, A>(
    String kind, Model<S, C, A> model, Map<String, List<Operation<C, A>>> registers) {

  /** About 30 MB. The recorded etcd histories, with up to 19 unanswered operations, take 256. */
  public static final int MAX_CONFIGURATIONS = 100_000;

  public int operations() {
    return registers.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Judges each register by itself: a history is linearizable if and only if each of them is.
   *
   * @return the first violation of each register that has one; none when it is linearizable
   * @throws TooManyConfigurations when it cannot be decided with so many
   */
  public List<Violation> violations(int maxConfigurations) {
    List<Violation> found = new ArrayList<>();
    registers.forEach(
        (name, operations) -> violation(name, operations, maxConfigurations).ifPresent(found::add));
    return found;
  }

  private Optional<Violation> violation(
      String name, List<Operation<C, A>> operations, int maxConfigurations) {
    Search<S, C, A> search = new Search<>(model, maxConfigurations);
    Deque<Operation<C, A>> before = new ArrayDeque<>();
    int answers = 0;
    for (Event<C, A> event : events(operations)) {
      if (event.isCall()) {
        search.called(event.operation());
      } else if (search.answered(event.operation())) {
        answers++;
        remember(event.operation(), before);
      } else {
        return Optional.of(describe(name, event.operation(), answers, before, search));
      }
    }
    return Optional.empty();
  }

  private record Event<C, A>(Operation<C, A> operation, boolean isCall) {
    long time() {
      return isCall ? operation.calledAt() : operation.answeredAt();
    }
  }

  // What has the same time was at the same time: calls come first, so that nothing is ordered.
  private static <C, A> List<Event<C, A>> events(List<Operation<C, A>> operations) {
    List<Event<C, A>> events = new ArrayList<>(2 * operations.size());
    for (Operation<C, A> each : operations) {
      events.add(new Event<>(each, true));
      if (each.answer() != null) {
        events.add(new Event<>(each, false));
      }
    }
    events.sort(
        Comparator.<Event<C, A>>comparingLong(Event::time).thenComparing(event -> !event.isCall()));
    return events;
  }

  private static <T> void remember(T operation, Deque<T> last) {
    last.add(operation);
    if (last.size() > Violation.SHOWN) {
      last.remove();
    }
  }

  private Violation describe(
      String name,
      Operation<C, A> operation,
      int answers,
      Deque<Operation<C, A>> before,
      Search<S, C, A> search) {
    return new Violation(
        name,
        operation,
        answers,
        List.copyOf(before),
        search.states(),
        search.underWay().stream().filter(other -> !other.equals(operation)).toList());
  }
}
