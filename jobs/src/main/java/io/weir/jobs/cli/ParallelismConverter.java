package io.weir.jobs.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of subtasks; one machine does not run more than some dozens of them well. */
final class ParallelismConverter implements ITypeConverter<Integer> {

  private static final int MAX = 128;

  @Override
  public Integer convert(String text) {
    if (text.matches("\\d{1,3}")) {
      int parallelism = Integer.parseInt(text);
      if (parallelism >= 1 && parallelism <= MAX) {
        return parallelism;
      }
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 1 to " + MAX);
  }
}
