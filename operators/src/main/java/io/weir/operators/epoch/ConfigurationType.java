package io.weir.operators.epoch;

import java.io.Serializable;

/**
 * What the documents of a job mean to an operator. Several operators of a job may read the same
 * document by types of their own: each takes from it what it needs.
 *
 * @param <C> the decoded configuration: immutable, since all that happens in a task sees the same
 */
public interface ConfigurationType<C> extends Serializable {

  /**
   * The JSON Schema (draft 2020-12) that every document of the job satisfies; the store refuses
   * others before they are agreed.
   */
  String schema();

  /**
   * Decodes a document. Called in the JobManager and in the tasks, so the answer must depend on the
   * document alone.
   *
   * @param document YAML or JSON, as it was written
   * @throws InvalidConfigurationException if it cannot be used; the job then stays on the version
   *     that it has
   */
  C decode(String document) throws InvalidConfigurationException;
}
