package io.weir.operators.recommendation.message;

import io.weir.operators.recommendation.shard.Step;

/**
 * What a subtask of the model is told of an action.
 *
 * @param target a key of the subtask
 * @param parts how many subtasks are told, and answer
 * @param sequence the number of the action among its user's
 * @param hasPast whether the user had an earlier action
 * @param weight the user's weight for the item behind the action
 * @param receivedMillis when the action came in, by the clock of the task
 * @param pairs how many counts of pairs grow by the action
 */
public record Lesson(
    int target,
    int parts,
    String user,
    long sequence,
    boolean hasPast,
    int weight,
    long receivedMillis,
    int pairs,
    String record,
    Step step) {}
