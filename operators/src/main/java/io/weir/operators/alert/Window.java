package io.weir.operators.alert;

/**
 * A window that is being judged.
 *
 * @param endMillis exclusive
 * @param sinceVersion the lowest version under which one of its records came
 */
public record Window(long startMillis, long endMillis, long sinceVersion) {}
