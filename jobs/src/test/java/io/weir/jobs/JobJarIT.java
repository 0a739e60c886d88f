package io.weir.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is inside the jar that goes to a cluster, and what must not be. */
class JobJarIT {

  private static final Path JAR = Path.of("target", "weir-jobs.jar");

  private static List<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  private static String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return new String(
          jar.getInputStream(jar.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isSmall() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(60_000_000);
  }

  @Test
  void holdsTheKafkaConnectorAndNothingElseOfFlink() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (String name : names()) {
      if (name.startsWith("org/apache/flink/") && name.endsWith(".class")) {
        packages.add(name.replaceAll("^org/apache/flink/([^/]+/[^/]+)/.*$", "$1"));
      }
    }

    // The last two are the connector's as well: its older names, and one schema class.
    assertThat(packages)
        .containsExactly("connector/kafka", "streaming/connectors", "streaming/util");
  }

  @Test
  void holdsNoLoggingAndNoServersOfTheLocalRunner() throws IOException {
    assertThat(names())
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/"))
        .noneMatch(name -> name.matches("log4j.*\\.(properties|xml|ya?ml)"))
        .noneMatch(name -> name.startsWith("kafka/server/"))
        .noneMatch(name -> name.startsWith("io/zonky/"));
  }

  @Test
  void startsWithTheClusterEntryPoint() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(WeirJob.class.getName());
      assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
    }
    assertThat(names()).contains(WeirJob.class.getName().replace('.', '/') + ".class");
  }

  @Test
  void isOneJarWithoutSignaturesModulesAndDoubles() throws IOException {
    assertThat(names())
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void keepsTheServicesOfAllLibraries() throws IOException {
    assertThat(text("META-INF/services/java.sql.Driver")).contains("org.postgresql.Driver");
    assertThat(text("META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
        .contains("com.fasterxml.jackson.core.JsonFactory");
  }

  @Test
  void carriesLicencesAndNotices() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Oliver Siegmar", "PostgreSQL");
    assertThat(text("META-INF/NOTICE"))
        .contains("Weir", "Apache Avro", "datasketches-java", "Jackson");
  }

  private static List<Path> classPath() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(Path::of)
        .toList();
  }

  /** With the jar alone, and of the class path of these tests only what is Flink's. */
  @Test
  void linksWithNothingButFlinkBesideIt() throws Exception {
    List<URL> urls = new ArrayList<>(List.of(JAR.toUri().toURL()));
    for (Path entry : classPath()) {
      if (entry.toString().matches(".*/org/(apache/flink/flink-|slf4j/).*")) {
        urls.add(entry.toUri().toURL());
      }
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader cluster = new URLClassLoader(urls.toArray(URL[]::new), platform)) {
      Class<?> main = Class.forName(WeirJob.class.getName(), true, cluster);

      assertThat(main.getMethod("main", String[].class)).isNotNull();
      assertThat(Class.forName("io.weir.jobs.Jobs", true, cluster).getMethod("all").invoke(null))
          .isInstanceOf(List.class);
    }
  }
}
