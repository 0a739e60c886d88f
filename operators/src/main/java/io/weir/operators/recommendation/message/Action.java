package io.weir.operators.recommendation.message;

/**
 * A user acted on an item.
 *
 * @param user any name
 * @param kind of the action, whose weight the live configuration says; empty where the weight is
 *     given
 * @param weight a whole number from 1; of no meaning where a kind is given
 * @param timeMillis of the event
 * @param record the record's name for stamps; empty where there are none
 */
public record Action(
    String user, long item, String kind, int weight, long timeMillis, String record) {}
