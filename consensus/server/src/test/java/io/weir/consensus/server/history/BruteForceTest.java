package io.weir.consensus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.history.BruteForce.Machine;
import io.weir.consensus.server.history.BruteForce.Step;
import io.weir.consensus.server.history.ValueRegister.CompareAndSet;
import io.weir.consensus.server.history.ValueRegister.Done;
import io.weir.consensus.server.history.ValueRegister.Refused;
import io.weir.consensus.server.history.ValueRegister.Value;
import io.weir.consensus.server.history.ValueRegister.Write;
import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Short random histories get the verdict that trying out every order gives. */
class BruteForceTest {

  private static final int RUNS = Integer.getInteger("runs", 10_000);
  private static final long SEED = Long.getLong("seed", 20_170_401);

  /** Operations as they are made up: when they are called, happen, and are answered. */
  private record Planned<C>(C call, int calledAt, int happensAt, int answeredAt) {}

  @Test
  void versionedRegistersAreJudgedLikeByTryingEveryOrder() {
    judge(
        new VersionedRegister(),
        BruteForceTest::executeVersioned,
        BruteForceTest::versionedCall,
        BruteForceTest::versionedAnswer);
  }

  @Test
  void valueRegistersAreJudgedLikeByTryingEveryOrder() {
    judge(
        new ValueRegister(),
        BruteForceTest::executeValue,
        BruteForceTest::valueCall,
        BruteForceTest::valueAnswer);
  }

  private interface WrongAnswers<C, A> {
    A answer(C call, Random random);
  }

  private static <S, C, A> void judge(
      Model<S, C, A> model,
      Machine<S, C, A> machine,
      Function<Random, C> calls,
      WrongAnswers<C, A> wrong) {
    int linearizable = 0;
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      List<Operation<C, A>> history =
          history(new Random(seed), model.initial(), machine, calls, wrong);
      boolean expected = new BruteForce<>(machine).isLinearizable(model.initial(), history);
      boolean found = Recorded.violations(model, history).isEmpty();

      assertThat(found).as("-Druns=1 -Dseed=%d: %s", seed, history).isEqualTo(expected);
      linearizable += expected ? 1 : 0;
    }
    if (RUNS > 1_000) {
      assertThat(linearizable).isBetween(RUNS / 10, RUNS * 9 / 10);
    }
  }

  /** A true history; in most of them, some answers are then replaced by any answer. */
  private static <S, C, A> List<Operation<C, A>> history(
      Random random,
      S initial,
      Machine<S, C, A> machine,
      Function<Random, C> calls,
      WrongAnswers<C, A> wrong) {
    List<Operation<C, A>> history = new ArrayList<>();
    S state = initial;
    for (Planned<C> each : plan(random, calls)) {
      Step<S, A> step = machine.execute(state, each.call());
      if (random.nextInt(10) < 9) {
        state = step.state();
        history.add(operation(each, step.answer(), random));
      } else {
        history.add(Operation.open("c", each.call(), each.calledAt(), 0));
      }
    }
    for (int wrongs = random.nextInt(4); wrongs > 0; wrongs--) {
      history.replaceAll(
          each -> random.nextInt(history.size()) > 0 ? each : replaced(each, wrong, random));
    }
    return history;
  }

  private static <C> List<Planned<C>> plan(Random random, Function<Random, C> calls) {
    List<Planned<C>> plan = new ArrayList<>();
    for (int i = 5 + random.nextInt(3); i > 0; i--) {
      int calledAt = random.nextInt(12);
      int happensAt = calledAt + random.nextInt(5);
      int answeredAt = happensAt + random.nextInt(5);
      plan.add(new Planned<>(calls.apply(random), calledAt, happensAt, answeredAt));
    }
    plan.sort(Comparator.comparingInt(Planned::happensAt));
    return plan;
  }

  private static <C, A> Operation<C, A> operation(Planned<C> plan, A answer, Random random) {
    return random.nextInt(5) == 0
        ? Operation.open("c", plan.call(), plan.calledAt(), 0)
        : new Operation<>("c", plan.call(), answer, plan.calledAt(), plan.answeredAt(), 0, 0);
  }

  private static <C, A> Operation<C, A> replaced(
      Operation<C, A> operation, WrongAnswers<C, A> wrong, Random random) {
    return operation.answer() == null
        ? operation
        : new Operation<>(
            "c",
            operation.call(),
            wrong.answer(operation.call(), random),
            operation.calledAt(),
            operation.answeredAt(),
            0,
            0);
  }

  private static Step<Held, VersionedRegister.Answer> executeVersioned(
      Held held, VersionedRegister.Call call) {
    if (!(call instanceof Propose propose)) {
      return new Step<>(held, held);
    }
    long next = held.version() + 1;
    return propose.expected() + 1 == next
        ? new Step<>(new Held(next, propose.hash()), new Agreed(next))
        : new Step<>(held, new Conflict(held.version()));
  }

  // Few different ones, so that chance hits what is there.
  private static VersionedRegister.Call versionedCall(Random random) {
    return random.nextInt(3) == 0
        ? new VersionedRegister.Read()
        : new Propose(random.nextInt(3), random.nextBoolean() ? "a" : "b");
  }

  private static VersionedRegister.Answer versionedAnswer(
      VersionedRegister.Call call, Random random) {
    int version = random.nextInt(4);
    if (call instanceof VersionedRegister.Read) {
      return new Held(version, version == 0 ? "" : random.nextBoolean() ? "a" : "b");
    }
    return version > 0 && random.nextBoolean() ? new Agreed(version) : new Conflict(version);
  }

  private static Step<Value, ValueRegister.Answer> executeValue(
      Value held, ValueRegister.Call call) {
    if (call instanceof Write write) {
      return new Step<>(new Value(Optional.of(write.value())), new Done());
    }
    if (!(call instanceof CompareAndSet compare)) {
      return new Step<>(held, held);
    }
    return held.value().equals(Optional.of(compare.expected()))
        ? new Step<>(new Value(Optional.of(compare.value())), new Done())
        : new Step<>(held, new Refused());
  }

  private static ValueRegister.Call valueCall(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new ValueRegister.Read();
      case 1 -> new Write(random.nextInt(3));
      default -> new CompareAndSet(random.nextInt(3), random.nextInt(3));
    };
  }

  private static ValueRegister.Answer valueAnswer(ValueRegister.Call call, Random random) {
    if (call instanceof ValueRegister.Read) {
      return new Value(Optional.of((long) random.nextInt(3)).filter(v -> random.nextInt(4) > 0));
    }
    return call instanceof Write || random.nextBoolean() ? new Done() : new Refused();
  }
}
