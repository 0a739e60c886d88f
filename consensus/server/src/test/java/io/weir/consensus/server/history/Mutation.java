package io.weir.consensus.server.history;

import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import io.weir.consensus.server.history.VersionedRegister.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Ways to spoil one operation of a correct history of a register, so that no order can explain it
 * any more. That is so by the rules of the register alone: every document was proposed once.
 */
enum Mutation {
  STALE_READ {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      Optional<Held> gone =
          operation.call() instanceof Read ? overwrittenBefore(operation, all) : Optional.empty();
      return gone.map(held -> answered(operation, held)).orElse(null);
    }
  },

  READ_OF_THE_FUTURE {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.answer() instanceof Held held
          ? answered(operation, new Held(held.version() + all.size(), held.hash()))
          : null;
    }
  },

  READ_OF_ANOTHER_DOCUMENT {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.answer() instanceof Held held && held.version() > 0
          ? answered(operation, new Held(held.version(), "never proposed"))
          : null;
    }
  },

  LOST_UPDATE {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.call() instanceof Propose propose && isRead(operation, all)
          ? new Operation<>(
              operation.client(),
              new Propose(propose.expected(), "another"),
              operation.answer(),
              operation.calledAt(),
              operation.answeredAt(),
              operation.callLine(),
              operation.answerLine())
          : null;
    }
  },

  SECOND_SUCCESS {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.call() instanceof Propose propose
              && operation.answer() instanceof Conflict
              && isAgreed(propose.expected() + 1, all)
          ? answered(operation, new Agreed(propose.expected() + 1))
          : null;
    }
  },

  REFUSED_BUT_DONE {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.answer() instanceof Agreed agreed && isRead(operation, all)
          ? answered(operation, new Conflict(agreed.version()))
          : null;
    }
  },

  CONFLICT_WITH_THE_EXPECTED_VERSION {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.call() instanceof Propose propose && operation.answer() != null
          ? answered(operation, new Conflict(propose.expected()))
          : null;
    }
  },

  VERSION_GAP {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.answer() instanceof Agreed agreed
          ? answered(operation, new Agreed(agreed.version() + 1))
          : null;
    }
  },

  PROPOSED_AFTER_IT_WAS_READ {
    @Override
    @Nullable Operation<Call, Answer> spoil(
        Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
      return operation.call() instanceof Propose && isRead(operation, all)
          ? new Operation<>(
              operation.client(),
              operation.call(),
              operation.answer(),
              Long.MAX_VALUE - 1,
              Long.MAX_VALUE - 1,
              operation.callLine(),
              operation.answerLine())
          : null;
    }
  };

  /** What an operation becomes; null where it cannot be spoiled like this. */
  abstract @Nullable Operation<Call, Answer> spoil(
      Operation<Call, Answer> operation, List<Operation<Call, Answer>> all);

  /** Spoils an operation in the second half of a history. */
  List<Operation<Call, Answer>> spoilOne(List<Operation<Call, Answer>> all, Random random) {
    List<Operation<Call, Answer>> spoiled = new ArrayList<>(all);
    int half = all.size() / 2;
    int start = random.nextInt(half);
    for (int i = 0; i < half; i++) {
      int at = half + (start + i) % half;
      Operation<Call, Answer> other = spoil(all.get(at), all);
      if (other != null) {
        spoiled.set(at, other);
        return spoiled;
      }
    }
    throw new IllegalStateException("nothing to spoil by " + this);
  }

  private static Operation<Call, Answer> answered(
      Operation<Call, Answer> operation, Answer answer) {
    return new Operation<>(
        operation.client(),
        operation.call(),
        answer,
        operation.calledAt(),
        operation.answeredAt(),
        operation.callLine(),
        operation.answerLine());
  }

  /** What was read at some time, and was known to be overwritten before an operation began. */
  private static Optional<Held> overwrittenBefore(
      Operation<Call, Answer> operation, List<Operation<Call, Answer>> all) {
    long newest =
        all.stream()
            .filter(each -> each.answeredAt() < operation.calledAt())
            .map(Operation::answer)
            .mapToLong(answer -> answer instanceof Agreed agreed ? agreed.version() : 0)
            .max()
            .orElse(0);
    return all.stream()
        .filter(each -> each.answer() instanceof Held held && held.version() < newest)
        .reduce((first, second) -> second)
        .map(each -> (Held) each.answer());
  }

  private static boolean isAgreed(long version, List<Operation<Call, Answer>> all) {
    return all.stream().anyMatch(each -> new Agreed(version).equals(each.answer()));
  }

  private static boolean isRead(
      Operation<Call, Answer> proposal, List<Operation<Call, Answer>> all) {
    return proposal.call() instanceof Propose propose
        && all.stream()
            .anyMatch(
                each -> each.answer() instanceof Held held && held.hash().equals(propose.hash()));
  }
}
