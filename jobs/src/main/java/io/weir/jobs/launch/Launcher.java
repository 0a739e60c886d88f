package io.weir.jobs.launch;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a job of its name and its settings. */
public final class Launcher {

  private final List<JobDefinition> jobs;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * Makes a launcher.
   *
   * @param jobs the jobs that can be named
   * @param environment the value of an environment variable by its name, null if it is not set
   */
  public Launcher(List<JobDefinition> jobs, UnaryOperator<@Nullable String> environment) {
    this.jobs = List.copyOf(jobs);
    this.environment = environment;
  }

  public List<JobDefinition> jobs() {
    return jobs;
  }

  /**
   * Reads and checks the settings of a job.
   *
   * @throws UnknownJobException if there is no such job
   * @throws InvalidSettingsException if the settings cannot be used
   */
  public PreparedJob prepare(String job, SettingsOptions options) {
    JobDefinition definition = find(job);
    Problems problems = new Problems();
    Section settings =
        new SettingsFile(problems, environment).read(options.file(), options.overrides());
    PreparedJob prepared = definition.prepare(settings);
    settings.done();
    problems.throwIfAny();
    return prepared;
  }

  private JobDefinition find(String job) {
    return jobs.stream()
        .filter(definition -> definition.name().equals(job))
        .findFirst()
        .orElseThrow(
            () -> new UnknownJobException(job, jobs.stream().map(JobDefinition::name).toList()));
  }
}
