package io.weir.operators.epoch;

/**
 * A configuration and the version that it is.
 *
 * @param version as it was agreed: 1, 2, 3, ...; 0 is the document that a job was given with its
 *     settings
 * @param value what the version says
 */
public record VersionedConfiguration<C>(long version, C value) {}
