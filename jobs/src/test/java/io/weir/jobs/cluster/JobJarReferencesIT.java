package io.weir.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobJarReferencesIT {

  /** Flink has no Kafka connector, so it is the job jar that must be complete for it. */
  private static final String CHECKED = "(io\\.weir|org\\.apache\\.flink\\.connector\\.kafka)\\..*";

  @Test
  void everyClassThatJobsReferToIsInTheirJarOrInFlink() {
    List<String> missing = missing();

    // The embedded servers never go to a cluster; finding them shows that the check can fail.
    assertThat(missing)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("io.weir.jobs.local.Embedded"));
  }

  /** The references that lead nowhere, as jdeps lists them. */
  private static List<String> missing() {
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found);
    String lib =
        FlinkLib.jars().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    String jar = JobJar.file().toString();
    jdeps.run(
        out, out, "--multi-release=17", "--missing-deps", "-include", CHECKED, "-cp", lib, jar);
    // The first line names the jar.
    return found.toString().lines().skip(1).map(String::strip).toList();
  }
}
