package io.weir.consensus.server.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A history of one register, put together by hand: each operation from one time to another. */
final class Recorded<S, C, A> {

  private final Model<S, C, A> model;
  private final List<Operation<C, A>> operations = new ArrayList<>();

  Recorded(Model<S, C, A> model) {
    this.model = model;
  }

  Recorded<S, C, A> did(long from, long to, C call, A answer) {
    operations.add(new Operation<>("c", call, answer, from, to, (int) from, (int) to));
    return this;
  }

  Recorded<S, C, A> began(long from, C call) {
    operations.add(Operation.open("c", call, from, (int) from));
    return this;
  }

  List<Violation> violations() {
    return violations(model, operations);
  }

  static <S, C, A> List<Violation> violations(
      Model<S, C, A> model, List<Operation<C, A>> operations) {
    return new History<>("register", model, Map.of("r", operations))
        .violations(History.MAX_CONFIGURATIONS);
  }
}
