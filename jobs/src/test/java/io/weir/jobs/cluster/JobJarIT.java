package io.weir.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobJarIT {

  /** Flink has no Kafka connector, so it is the job jar that must be complete for it. */
  private static final String CHECKED = "(io\\.weir|org\\.apache\\.flink\\.connector\\.kafka)\\..*";

  /** What the class loader of a job takes from Flink even where the job jar has it too. */
  private static final List<String> FLINKS =
      List.of("org/apache/flink/", "org/slf4j/", "org/apache/logging/", "org/apache/log4j/");

  @Test
  void everyClassThatJobsReferToIsInTheirJarOrInFlink() {
    List<String> missing = missing();

    // The servers of ./weir demo never go to a cluster. That they are found shows that one would
    // be.
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

  @Test
  void theJarRepeatsNoClassOfFlink() throws IOException {
    Set<String> delivered = new HashSet<>();
    for (Path jar : FlinkLib.jars()) {
      delivered.addAll(classes(jar));
    }
    Set<String> repeated = classes(JobJar.file());

    repeated.retainAll(delivered);

    assertThat(repeated).noneMatch(name -> FLINKS.stream().anyMatch(name::startsWith));
    assertThat(delivered).contains("org/apache/flink/connector/base/DeliveryGuarantee.class");
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toSet());
    }
  }
}
