package io.weir.operators.recommendation.message;

/**
 * What became of an action.
 *
 * @param item that the user acted on
 * @param version of the configuration
 * @param pairs how many counts of pairs grew
 * @param subtasks how many the model runs on
 * @param isJudged whether a list of before the action was judged
 * @param rank the item's place in it, from 0; -1 if it was not there
 * @param judged the list
 * @param items what the user is recommended behind the action, best first
 * @param scores theirs
 * @param reasons codes of {@link io.weir.operators.recommendation.ranking.Reason}
 * @param because the user's item behind the reason; of no meaning for popularity
 */
public record Outcome(
    String user,
    long item,
    long timeMillis,
    long receivedMillis,
    long version,
    int pairs,
    int subtasks,
    boolean isJudged,
    int rank,
    long[] judged,
    long[] items,
    double[] scores,
    byte[] reasons,
    long[] because) {}
