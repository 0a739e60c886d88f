package io.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class JobJarReferencesIT {

  /** Flink has no Kafka connector, so it is the job jar that must be complete for it. */
  private static final String CHECKED = "(io\\.weir|org\\.apache\\.flink\\.connector\\.kafka)\\..*";

  @Test
  void everyClassThatJobsReferToIsInTheirJarOrInFlink() throws IOException {
    List<String> missing = missing();

    // The embedded servers never go to a cluster; finding them shows that the check can fail.
    assertThat(missing)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("io.weir.jobs.local.Embedded"));
  }

  /** The references that lead nowhere, as jdeps lists them. */
  private static List<String> missing() throws IOException {
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found);
    String lib = Built.libraries().get(0).classPath();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    String jar = Built.jobJar().toString();
    jdeps.run(
        out, out, "--multi-release=17", "--missing-deps", "-include", CHECKED, "-cp", lib, jar);
    // The first line names the jar.
    return found.toString().lines().skip(1).map(String::strip).toList();
  }
}
