package io.weir.operators.epoch;

/**
 * A function or operator that works by live configuration. All methods are called in the task's
 * thread, as records are.
 *
 * @param <C> the decoded configuration
 */
public interface Configured<C> {

  ConfigurationType<C> configurationType();

  /**
   * Says whether a version could be used here, before any subtask switches to it: one refusal, and
   * the whole job stays on the version that it has. For what only a running subtask knows, such as
   * its parallelism; all else belongs to {@link ConfigurationType#decode}.
   *
   * @throws InvalidConfigurationException if not
   */
  default void check(C configuration) throws InvalidConfigurationException {}

  /**
   * Hands over the version in force: before the first record, after {@code open}; and at each
   * switch, behind the last record before a checkpoint's barrier and before the first one after it.
   */
  void configure(VersionedConfiguration<C> configuration);
}
