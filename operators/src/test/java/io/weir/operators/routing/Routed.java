package io.weir.operators.routing;

/**
 * A number on its way.
 *
 * @param id which number
 * @param version the version that its sender was under
 */
public record Routed(long id, long version) {}
