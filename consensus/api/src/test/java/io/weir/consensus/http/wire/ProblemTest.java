package io.weir.consensus.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.weir.consensus.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {

  static Stream<Arguments> refusals() {
    List<StoreException.Violation> violations =
        List.of(
            new StoreException.Violation("/a/0", "maximum", "found 3; 2"),
            new StoreException.Violation("", "required", "b"));
    return Stream.of(
        arguments(503, new StoreException.Unavailable("no quorum")),
        arguments(504, new StoreException.OutcomeUnknown("who knows")),
        arguments(409, new StoreException.VersionConflict("j", 4, 6)),
        arguments(422, new StoreException.InvalidConfiguration("the document", violations)),
        arguments(413, new StoreException.DocumentTooLarge(300_000, -1)),
        arguments(413, new StoreException.DocumentTooLarge(200_000, 50_000)),
        arguments(410, new StoreException.Compacted("j", 3, 7)),
        arguments(404, new StoreException.UnknownJob("j")),
        arguments(404, new StoreException.UnknownVersion("j", 3, 2)),
        arguments(400, new StoreException.InvalidRequest("limit 0: must be at least 1")),
        arguments(403, new StoreException.AccessDenied("not you")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void comesBackAsTheSameException(int status, StoreException refusal) {
    Problem problem = Problem.of(refusal);

    StoreException read = Refusal.read(status, Json.read(Json.write(problem.body())));

    assertThat(problem.status()).isEqualTo(status);
    assertThat(read).hasSameClassAs(refusal).hasMessage(refusal.getMessage());
    assertThat(read).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(refusal);
  }

  @Test
  void coversEveryRefusalOfAStore() {
    Set<Class<?>> tried =
        refusals().map(row -> row.get()[1].getClass()).collect(Collectors.toSet());

    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(StoreException.class.getPermittedSubclasses()));
  }

  @Test
  void leavesOpenWhatAnUnknownFailureOfANodeMeans() {
    assertThat(Refusal.read(500, Json.object())).isInstanceOf(StoreException.OutcomeUnknown.class);
    assertThat(Refusal.read(502, Json.object())).isInstanceOf(StoreException.OutcomeUnknown.class);
    assertThat(Refusal.read(418, Json.object())).isInstanceOf(StoreException.InvalidRequest.class);
  }
}
