package io.weir.operators.recommendation.message;

/**
 * What one subtask of the model has for a user: the best of its items, best first.
 *
 * @param parts how many of them there are
 * @param version of the configuration that they were scored under
 * @param isJudged whether the first list is to be judged
 * @param judged the list of before the action, with its scores
 * @param items the list of after the action, with scores and reasons
 * @param reasons codes of {@link io.weir.operators.recommendation.ranking.Reason}
 * @param because the user's item behind the reason; of no meaning for popularity
 */
public record Partial(
    String user,
    long sequence,
    int parts,
    long item,
    long timeMillis,
    long receivedMillis,
    long version,
    int pairs,
    boolean isJudged,
    long[] judged,
    double[] judgedScores,
    long[] items,
    double[] scores,
    byte[] reasons,
    long[] because) {}
